package dev.holdfast.control.address;

import dev.holdfast.control.change.ChangePath;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.Vip;
import java.util.List;
import org.springframework.stereotype.Component;

/// VIPs in change sets.
@Component
class VipChanges implements ChangePath<Vip> {

    private final Vips vips;

    VipChanges(Vips vips) {
        this.vips = vips;
    }

    @Override
    public String pattern() {
        return "vips/{vip}";
    }

    @Override
    public Class<Vip> body() {
        return Vip.class;
    }

    @Override
    public Written<?> put(Edit edit, List<String> names, Vip body, boolean force) {
        return vips.put(edit, names.getFirst(), body, WriteConditions.NONE);
    }

    @Override
    public void delete(Edit edit, List<String> names, boolean force) {
        vips.delete(edit, names.getFirst(), WriteConditions.NONE);
    }
}

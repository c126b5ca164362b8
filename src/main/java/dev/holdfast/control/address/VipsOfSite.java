package dev.holdfast.control.address;

import dev.holdfast.control.problem.Few;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.site.SiteChange;
import dev.holdfast.control.site.SiteTenants;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Speaks for the VIPs when their site changes or ends.
@Component
class VipsOfSite implements SiteTenants {

    private final VipRepository repository;

    VipsOfSite(VipRepository repository) {
        this.repository = repository;
    }

    @Override
    public Optional<String> uses(long siteId) {
        return Few.of("VIP", names(repository.findBySiteIdOrderByName(siteId)));
    }

    @Override
    public void siteChanges(SiteChange change) {
        if (change.before().vipRanges().equals(change.after().vipRanges())) {
            return;
        }
        List<VipEntity> stranded =
                repository.findBySiteIdOrderByName(change.edit().siteId()).stream()
                        .filter(vip -> !change.after().isVip(vip.address()))
                        .toList();
        Few.of("VIP", names(stranded))
                .ifPresent(vips -> {
                    throw Refusal.conflict(
                            "vipRanges would no longer hold the address of "
                                    + vips
                                    + ": delete or move those first");
                });
    }

    private static List<String> names(List<VipEntity> vips) {
        return vips.stream().map(VipEntity::name).toList();
    }
}

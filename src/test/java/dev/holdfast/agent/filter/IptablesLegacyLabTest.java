package dev.holdfast.agent.filter;

import dev.holdfast.lab.InGuest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

@InGuest
class IptablesLegacyLabTest extends PacketFilterLabTest {

    @Override
    Engine engine() {
        return new Iptables("iptables-legacy");
    }

    @Override
    Engine withABadCommand(Path directory) throws IOException {
        return IptablesTampering.withABadCommand(directory, "iptables-legacy");
    }

    @Override
    Map<String, String> tampering() {
        return IptablesTampering.kinds("iptables-legacy");
    }
}

package dev.holdfast.story;

import dev.holdfast.lab.DataCentre;
import dev.holdfast.lab.Machine;
import dev.holdfast.lab.Running;
import java.util.LinkedHashMap;
import java.util.Map;

/// What answers on the backends.
final class Servers {

    private final DataCentre dataCentre;
    private final int port;
    private final String[] vips;
    private final Map<String, Running> programs = new LinkedHashMap<>();

    Servers(DataCentre dataCentre, int port, String... vips) {
        this.dataCentre = dataCentre;
        this.port = port;
        this.vips = vips;
        dataCentre.backends().forEach(this::start);
    }

    void start(String host) {
        start(dataCentre.machine(host));
    }

    private void start(Machine machine) {
        programs.put(machine.name(), machine.serve(port, vips));
    }

    void kill(String host) {
        Running program = programs.get(host);
        if (program == null) {
            throw new IllegalArgumentException(host + " (expected: a backend)");
        }
        program.kill();
    }
}

package dev.holdfast.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// What a person needs to see when a lab test has failed, kept as files: the kernel's tables of
/// every machine, the logs of its programs, and the guest's own last words.
public final class Evidence {
    private static final String TABLES =
            """
            show() { echo "# $*"; "$@" 2>&1; echo; }
            show ip -brief address
            show ip -d -s link
            show ip route show table all
            show ip -6 route show table all
            show ipvsadm -Ln --nosort --stats
            show ipvsadm -Ln --nosort
            show ip fou show
            show nft list ruleset
            show iptables-save
            show ip6tables-save
            show grep -rs . /proc/sys/net/ipv4/vs
            show ss -tuanp
            """;

    private Evidence() {}

    /// Writes it below `directory` and gives the files.
    public static List<Path> collect(Guest guest, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.copy(
                Guest.console(),
                directory.resolve("console.log"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(directory.resolve("dmesg"), guest.run("dmesg | tail -n 200").out());
        for (DataCentre dataCentre : guest.dataCentres()) {
            for (Machine machine : dataCentre.machines()) {
                Output tables = machine.run(TABLES, Running.PATIENCE);
                Files.writeString(
                        directory.resolve(machine + ".tables"), tables.out() + tables.err());
                for (Running program : machine.running()) {
                    Files.writeString(
                            directory.resolve(machine + "." + program.program() + ".log"),
                            program.log());
                }
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}

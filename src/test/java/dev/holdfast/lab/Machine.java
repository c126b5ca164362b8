package dev.holdfast.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A machine of a data centre: a network namespace with `lo`, `eth0` towards the router and `mgmt`
/// towards the control plane. All machines of a guest share one file system.
public final class Machine {
    private final Guest guest;
    private final Place place;
    private final List<Running> running = new CopyOnWriteArrayList<>();

    Machine(Guest guest, Place place) {
        this.guest = guest;
        this.place = place;
    }

    /// `lb1`, `be2`, `client1`, `router`.
    public String name() {
        return place.name();
    }

    /// Its IPv4 address on the underlay, and the router's end of the same link.
    public String address() {
        return place.address();
    }

    public String address6() {
        return place.address6();
    }

    public String gateway() {
        return place.gateway();
    }

    public String gateway6() {
        return place.gateway6();
    }

    /// A directory in the guest for this machine's files and its programs' logs.
    public String directory() {
        return "/var/lib/holdfast-lab/" + place.namespace();
    }

    String namespace() {
        return place.namespace();
    }

    /// Runs a shell script that has to succeed; gives its standard output.
    public String sh(String script) {
        return guest.shIn(place.namespace(), script);
    }

    /// Runs a shell script that may fail or take its time.
    public Output run(String script, Duration limit) {
        return guest.run(place.namespace(), script, limit);
    }

    /// Writes a file under [#directory] and gives its full path.
    public String write(String file, String text) {
        String path = directory() + "/" + file;
        guest.sh(
                "cat >'%s' <<'END-OF-FILE'\n%s\nEND-OF-FILE\n"
                        .formatted(path, text.stripTrailing()));
        return path;
    }

    public String read(String file) {
        return guest.sh("cat '" + directory() + "/" + file + "'");
    }

    /// Sets kernel settings of this namespace: `sysctl("net.ipv4.vs.sloppy_tcp", "1")`.
    public void sysctl(String key, String value) {
        sh("echo '%s' >'/proc/sys/%s'".formatted(value, key.replace('.', '/')));
    }

    /// Starts a program that goes on by itself; `command` is a shell command.
    public Running start(String program, String command) {
        return start(program, command, Map.of());
    }

    public Running start(String program, String command, Map<String, String> environment) {
        Running started = Running.start(this, program, command, environment);
        running.add(started);
        return started;
    }

    /// Starts `java -jar` with a jar of this checkout: `startJar("agent", Path.of("target",
    /// "holdfast-agent.jar"), Map.of(), "run")`. It must be built before the guest boots.
    public Running startJar(
            String program, Path jar, Map<String, String> environment, String... arguments) {
        String words =
                Stream.of(arguments).map(Shell::quoted).collect(Collectors.joining(" ", " ", ""));
        String file = Shell.quoted(jar.toAbsolutePath().toString());
        return start(program, Jvm.command() + " -jar " + file + words, environment);
    }

    /// Starts a program of the backends that answers TCP and UDP on `port` of each address.
    public Running serve(int port, String... addresses) {
        Running server =
                start("serve-" + port, Traffic.serve(place.name(), port, List.of(addresses)));
        server.awaitLine("serving");
        return server;
    }

    /// Opens connections at once, each from a fresh port, and says who answered.
    public Answers ask(Transport transport, String address, int port, int connections) {
        return Traffic.ask(this, transport, address, port, connections);
    }

    /// Sends TCP segments in mid-stream of connections that nobody has, and says what came back:
    /// RESET or TIMED_OUT.
    public Answers stray(String address, int port, int segments) {
        return Traffic.stray(this, address, port, segments);
    }

    /// Opens long-lived connections on which something is said every `interval`.
    public Trickle trickle(
            Transport transport, String address, int port, int connections, Duration interval) {
        return Trickle.start(this, transport, address, port, connections, interval);
    }

    /// Nothing gets from here to the control plane or back any more, and nobody is told.
    public void cutOffControlPlane() {
        guest.sh("bridge link set dev " + place.managementPort() + " state 0");
    }

    public void restoreControlPlane() {
        guest.sh("bridge link set dev " + place.managementPort() + " state 3");
    }

    /// As if its cable were pulled at the router.
    public void unplug() {
        guest.shIn(place.routerNamespace(), "ip link set " + place.name() + " down");
    }

    public void plug() {
        guest.shIn(place.routerNamespace(), "ip link set " + place.name() + " up");
    }

    Guest guest() {
        return guest;
    }

    List<Running> running() {
        return running;
    }

    @Override
    public String toString() {
        return place.namespace();
    }
}

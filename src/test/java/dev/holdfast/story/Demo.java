package dev.holdfast.story;

import dev.holdfast.client.ControlPlane;
import dev.holdfast.client.ControlPlaneException;
import dev.holdfast.client.SiteResources;
import dev.holdfast.lab.Answers;
import dev.holdfast.lab.DataCentre;
import dev.holdfast.lab.Guest;
import dev.holdfast.lab.Machine;
import dev.holdfast.lab.Transport;
import dev.holdfast.wire.Backend;
import dev.holdfast.wire.Host;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Node;
import dev.holdfast.wire.Prefix;
import dev.holdfast.wire.Protocol;
import dev.holdfast.wire.Service;
import dev.holdfast.wire.ServicePort;
import dev.holdfast.wire.Site;
import dev.holdfast.wire.Status;
import dev.holdfast.wire.Vip;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// `./run demo`: a small site on a real kernel, and who answers its client, until it is stopped.
public final class Demo {

    private static final String SITE = "demo";
    private static final String VIP = "198.51.100.1";
    private static final int PORT = 80;
    private static final int CONNECTIONS = 30;

    private final DemoServer server;
    private final SiteResources site;
    private final ControlPlane control;

    private Demo(DemoServer server) {
        this.server = server;
        this.control = new ControlPlane(List.of(server.url()), server::token);
        this.site = control.site(SITE);
    }

    public static void main(String[] args) throws Exception {
        say("starting the control plane");
        DemoServer server = DemoServer.start();
        Demo demo = new Demo(server);
        say(
                "booting a kernel, and a data centre in it: client, router, 2 load balancers, 3 backends");
        DataCentre dataCentre = DataCentre.named(SITE).loadBalancers(2).backends(3).build();
        dataCentre.backends().forEach(backend -> backend.serve(PORT, VIP));
        demo.load(dataCentre);
        demo.awaitLive();
        demo.explain();
        while (true) {
            demo.show(dataCentre.client().ask(Transport.TCP, VIP, PORT, CONNECTIONS));
            Thread.sleep(3_000);
        }
    }

    private void load(DataCentre dataCentre) throws ControlPlaneException, InterruptedException {
        List<Prefix> vips = List.of(Prefix.parse(DataCentre.VIPS));
        control.sites().put(SITE, new Site(null, vips, null, null, null, null, null, null, null));
        site.vips().put("shop", new Vip(null, IpAddress.parse(VIP), null, null, null));
        List<ServicePort> ports = List.of(new ServicePort(Protocol.TCP, PORT));
        site.services()
                .put(
                        "shop",
                        new Service(
                                null, "shop", ports, null, null, null, null, null, null, "demo",
                                null));
        for (Machine node : dataCentre.loadBalancers()) {
            IpAddress address = IpAddress.parse(node.address());
            site.nodes().put(node.name(), new Node(null, address, null, null, null));
            startAgent(node, "load-balancer", site.newNodeToken(node.name()).token());
        }
        for (Machine host : dataCentre.backends()) {
            IpAddress address = IpAddress.parse(host.address());
            site.hosts().put(host.name(), new Host(null, address, null, null, null));
            site.backends("shop").put(host.name(), Backend.asked(null, null));
            startAgent(host, "backend", site.newHostToken(host.name()).token());
        }
    }

    private void startAgent(Machine machine, String role, String token) {
        say("starting the agent of " + machine.name());
        machine.startJar(
                "agent",
                Path.of("target/holdfast-agent.jar"),
                Map.of(
                        "HOLDFAST_ROLE",
                        role,
                        "HOLDFAST_SITE",
                        SITE,
                        "HOLDFAST_NAME",
                        machine.name(),
                        "HOLDFAST_SERVERS",
                        "http://" + Guest.HOST_ADDRESS + ":" + server.url().getPort(),
                        "HOLDFAST_TOKEN",
                        token,
                        "HOLDFAST_DATA_DIR",
                        machine.directory() + "/agent",
                        "HOLDFAST_REPORT_SECONDS",
                        "3"),
                "run");
    }

    private void awaitLive() throws ControlPlaneException, InterruptedException {
        String before = "";
        while (true) {
            Status status = site.status();
            String now = progress(status);
            if (!now.equals(before)) {
                say(now);
                before = now;
            }
            if (live(status) == status.nodes().size()) {
                return;
            }
            Thread.sleep(500);
        }
    }

    private void explain() {
        System.out.printf(
                """

                A client now opens %d connections to the VIP every few seconds. In another terminal:

                  site=%s/api/v1/sites/%s
                  auth="Authorization: Bearer %s"
                  json="Content-Type: application/json"

                  drain be2      curl -X PUT -H "$auth" -H "$json" $site/services/shop/backends/be2 -d '{"adminState": "DRAINING"}'
                  bring it back  curl -X PUT -H "$auth" -H "$json" $site/services/shop/backends/be2 -d '{}'
                  take be3 out   curl -X DELETE -H "$auth" $site/services/shop/backends/be3
                  who runs what  curl -H "$auth" $site/status
                  why a backend  curl -H "$auth" "$site/services/shop/explain?client=10.1.0.2:40000"

                Swagger UI: %s/swagger-ui.html. Ctrl-C ends it all.

                """,
                CONNECTIONS, server.url(), SITE, server.tokenForPeople(), server.url());
    }

    private void show(Answers answers) throws ControlPlaneException, InterruptedException {
        StringBuilder line = new StringBuilder(progress(site.status()));
        answers.byBackend()
                .forEach((backend, count) ->
                        line.append(
                                "   %s %s %d"
                                        .formatted(backend, "▇".repeat(count.intValue()), count)));
        long unanswered = CONNECTIONS - answers.answered();
        if (unanswered > 0) {
            line.append("   unanswered ").append(unanswered);
        }
        say(line.toString());
    }

    private static String progress(Status status) {
        return "revision %d live on %d of %d load balancers%s"
                .formatted(
                        status.revision(),
                        live(status),
                        status.nodes().size(),
                        Boolean.FALSE.equals(status.agree()) ? ", TABLES DIFFER" : "");
    }

    private static long live(Status status) {
        return status.nodes().stream()
                .filter(node -> Objects.equals(node.appliedRevision(), status.revision()))
                .count();
    }

    static void say(String text) {
        System.out.println(
                LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)
                        + "  "
                        + text);
    }
}

package dev.holdfast.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import dev.holdfast.lab.Answers;
import dev.holdfast.lab.DataCentre;
import dev.holdfast.lab.Lab;
import dev.holdfast.lab.Machine;
import dev.holdfast.lab.Running;
import dev.holdfast.lab.Transport;
import dev.holdfast.wire.Encapsulation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/// Four backends break, each in its own way, one stays well, and all are mended. They have no
/// agents, which would mend them sooner: what they need is set up by hand. The GUE site has a VIP
/// of IPv6 besides.
@Lab
@WithControlPlane
class HealthLabTest {

    private static final String VIP = "198.51.100.1";
    private static final String VIP6 = "2001:db8:100::1";
    private static final int PORT = 80;
    private static final int BACKENDS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @Autowired private Api api;
    private DataCentre dataCentre;

    @BeforeEach
    void aLoadBalancerAndBackends() {
        dataCentre = DataCentre.named("health").loadBalancers(1).backends(BACKENDS).build();
        dataCentre.backends().forEach(HealthLabTest::sayItAlways);
    }

    @ParameterizedTest
    @EnumSource(
            value = Encapsulation.Kind.class,
            names = {"FOU", "GUE"})
    void aBackendLosesItsTrafficForAReasonThatIsNamedAndGetsItBack(Encapsulation.Kind kind) {
        dataCentre.backends().forEach(backend -> WithoutAgent.takesPackets(backend, kind, VIP));
        boolean six = kind == Encapsulation.Kind.GUE;
        if (six) {
            dataCentre.backends().forEach(backend -> WithoutAgent.takesPackets6(backend, VIP6));
        }
        String[] vips = six ? new String[] {VIP, VIP6} : new String[] {VIP};
        Running[] services = new Running[BACKENDS + 1];
        for (int number = 1; number <= BACKENDS; number++) {
            services[number] = dataCentre.backend(number).serve(PORT, vips);
        }
        dataCentre.backend(1).sysctl("net.ipv4.ip_forward", "1"); // as where containers run
        dataCentre.backend(2).sysctl("net.ipv4.ip_forward", "0");
        SiteOfATest site = site(kind);
        List<String> all = six ? List.of("shop", "names", "shop6") : List.of("shop", "names");
        all.forEach(service -> everyBackendJoins(site, service));
        Fleet fleet = new Fleet(dataCentre, site).joinLoadBalancers();

        for (int number = 1; number <= BACKENDS; number++) {
            for (String service : all) {
                awaitHealth(site, service, number, "UP", "it passes (lb1)");
            }
        }
        fleet.awaitLive();
        assertThat(ask().backends()).containsExactly("be1", "be2", "be3", "be4", "be5");

        dataCentre.backend(1).sh("ip address del " + VIP + "/32 dev lo");
        WithoutAgent.stopListening(dataCentre.backend(2), kind);
        services[3].kill();
        dataCentre.backend(4).unplug();
        if (six) {
            dataCentre.backend(1).sh("ip address del " + VIP6 + "/128 dev lo");
        }

        awaitHealth(
                site,
                "shop",
                1,
                "DOWN",
                "although host be1 answers at 10.3.1.2: is the VIP on it?");
        awaitHealth(
                site,
                "shop",
                2,
                "DOWN",
                "takes no packets from the tunnel: nothing listens on its UDP port");
        awaitHealth(site, "shop", 3, "DOWN", "connection refused: nothing listens on port 80");
        awaitHealth(site, "names", 3, "DOWN", "connection refused: nothing listens on port 80");
        awaitHealth(site, "shop", 4, "DOWN", "host be4 does not answer");
        awaitHealth(site, "shop", 5, "UP", "it passes");
        if (six) {
            awaitHealth(
                    site,
                    "shop6",
                    1,
                    "DOWN",
                    "no answer from VIP 2001:db8:100::1 within 3 s, although host be1 answers at"
                            + " 10.3.1.2: is the VIP on it?");
            awaitHealth(
                    site,
                    "shop6",
                    3,
                    "DOWN",
                    "connection refused: nothing listens on port 80 of VIP 2001:db8:100::1");
            awaitHealth(site, "shop6", 5, "UP", "it passes");
        }
        fleet.awaitLive();
        assertThat(ask().backends()).containsExactly("be5");
        assertThat(weights()).isEqualTo("0 0 0 0 1");

        dataCentre.backend(1).sh("ip address add " + VIP + "/32 dev lo");
        WithoutAgent.listen(dataCentre.backend(2), kind);
        dataCentre.backend(3).serve(PORT, vips);
        dataCentre.backend(4).plug();
        if (six) {
            dataCentre.backend(1).sh("ip address add " + VIP6 + "/128 dev lo");
        }

        for (int number = 1; number <= BACKENDS; number++) {
            for (String service : all) {
                awaitHealth(site, service, number, "UP", "it passes (lb1)");
            }
        }
        fleet.awaitLive();
        assertThat(ask().backends()).containsExactly("be1", "be2", "be3", "be4", "be5");
    }

    private SiteOfATest site(Encapsulation.Kind kind) {
        SiteOfATest site =
                api.newSite(
                        """
                        {'vipRanges': ['%s', '%s'], 'tunnelRanges': ['%s'],
                         'encapsulation': {'kind': '%s'}}\
                        """
                                .formatted(
                                        DataCentre.VIPS,
                                        DataCentre.VIPS6,
                                        DataCentre.TUNNELS,
                                        kind));
        site.put("vips/shop", "{}").is(201).has("/address", VIP);
        service(site, "shop", "shop", "TCP", "");
        service(site, "names", "shop", "UDP", ", 'send': 'who', 'expect': 'be'");
        if (kind == Encapsulation.Kind.GUE) {
            site.put("vips/shop6", "{'address': '%s'}".formatted(VIP6)).is(201);
            service(site, "shop6", "shop6", "TCP", "");
        }
        for (Machine backend : dataCentre.backends()) {
            site.put("hosts/" + backend.name(), "{'address': '%s'}".formatted(backend.address()))
                    .is(201);
        }
        return site;
    }

    private void everyBackendJoins(SiteOfATest site, String service) {
        for (Machine backend : dataCentre.backends()) {
            site.put("services/" + service + "/backends/" + backend.name(), "{}").is(201);
        }
    }

    private static void service(
            SiteOfATest site, String name, String vip, String protocol, String more) {
        site.put(
                        "services/" + name,
                        """
                        {'vip': '%1$s', 'ports': [{'protocol': '%2$s', 'port': 80}],
                         'healthCheck': {'kind': '%2$s', 'intervalSeconds': 3, 'timeoutSeconds': 3,
                                         'rise': 1, 'fall': 2, 'panicPercent': 0%3$s}}\
                        """
                                .formatted(vip, protocol, more))
                .is(201);
    }

    /// A kernel says only once in a second that something is not there: here, as often as it is
    /// asked.
    private static void sayItAlways(Machine backend) {
        backend.sysctl("net.ipv4.icmp_ratelimit", "0");
    }

    /// Of the destinations of `shop`, as the kernel has them, in the order of backends.
    private String weights() {
        return dataCentre
                .loadBalancer(1)
                .sh(
                        """
                        ipvsadm -Sn | sed -n 's/^-a -t %s:80 .* -w \\([0-9]*\\).*/\\1/p' | xargs
                        """
                                .formatted(VIP))
                .strip();
    }

    private Answers ask() {
        Answers answers = dataCentre.client().ask(Transport.TCP, VIP, PORT, 60);
        assertThat(answers.answered()).as("%s", answers).isEqualTo(60);
        return answers;
    }

    private static void awaitHealth(
            SiteOfATest site, String service, int backend, String state, String why) {
        String path = "services/" + service + "/backends/be" + backend;
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            Answer seen = site.get(path).is(200);
            if (seen.at("/health/state").equals(state) && seen.at("/health/why").contains(why)) {
                return;
            }
            assertThat(Instant.now()).as("%s, %s: %s", state, why, seen).isBefore(end);
            Fleet.pause();
        }
    }
}

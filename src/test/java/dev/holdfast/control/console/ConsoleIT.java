package dev.holdfast.control.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.Visitor;
import dev.holdfast.control.driver.WithControlPlane;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// The console as a person meets it: in a browser, with pointer or keyboard.
@WithControlPlane
class ConsoleIT {

    private static Chromium chromium;

    @Autowired private Api api;

    private ShopSite shop;
    private Page page;

    @BeforeAll
    static void startTheBrowser() {
        chromium = Chromium.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    }

    @AfterAll
    static void stopTheBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void aSiteInStep() {
        shop = ShopSite.make(api).allInStep();
        page = chromium.open(1280, 900, ColorScheme.LIGHT);
    }

    @AfterEach
    void nothingToComplainAbout() {
        assertThat(chromium.complaints()).isEmpty();
        page.context().close();
    }

    @Test
    void theOverviewFollowsTheSiteByItself() {
        login("");
        shop.allInStep(); // what machines said grows old while a browser starts
        assertThat(page.locator("#headline")).containsText("is live on 3 of 3 load balancers.");
        assertThat(page.locator("#live")).containsText("all tables agree");
        Pictures.take(page, "overview");

        shop.site().put("services/shop/backends/web4", "{'adminState': 'DRAINING'}").is(200);
        assertThat(page.locator("#headline")).containsText("is live on 0 of 3 load balancers.");
        shop.inStep("nodes/lb1");
        shop.inStep("nodes/lb2");
        shop.report(
                "nodes/lb3",
                """
                {'epoch': '%s', 'revision': %d, 'failures': [{'resource': 'service shop',
                  'operation': 'edit destination 10.3.4.2:443', 'error': 'ENOENT No such destination'}]}\
                """
                        .formatted(shop.site().get("status").at("/epoch"), shop.revision() - 1));

        assertThat(page.locator("#headline")).containsText("lb3: 1 step refused");
        assertThat(page.locator(".problems li").first()).containsText("No such destination");
        assertThat(page.locator("#services")).containsText("3 serving, 1 draining");
        Pictures.take(page, "overview-trouble");
    }

    @Test
    void aBackendIsDrainedInTwoStepsAndComesBack() {
        login("/services/shop");
        assertThat(page.locator("tbody tr")).hasCount(4);
        Locator web2 = row("web2");
        assertThat(web2).containsText("serving");

        web2.getByRole(AriaRole.LINK, named("Drain web2…")).click();
        assertThat(page.locator("main")).containsText("no new connections from now on");
        shop.site().get("services/shop/backends/web2").has("/adminState", "ENABLED");
        Pictures.take(page, "drain");
        page.getByRole(AriaRole.BUTTON, buttonNamed("Drain web2")).click();

        assertThat(page.locator(".note")).containsText("web2: draining, since revision");
        assertThat(row("web2")).containsText("draining");
        assertThat(row("web2")).containsText("0.0 %");
        shop.site().get("services/shop/backends/web2").has("/adminState", "DRAINING");
        Pictures.take(page, "service");

        row("web2").getByRole(AriaRole.LINK, named("Enable web2…")).click();
        page.getByRole(AriaRole.BUTTON, buttonNamed("Enable web2")).click();
        assertThat(row("web2")).containsText("serving");
        shop.site().get("services/shop/backends/web2").has("/adminState", "ENABLED");
    }

    @Test
    void whatAnybodyElseChangesIsSeenOnTheServicePage() {
        login("/services/shop");
        assertThat(row("web3")).containsText("serving");
        shop.site().put("services/shop/backends/web3", "{'adminState': 'DISABLED'}").is(200);
        assertThat(row("web3")).containsText("disabled");
    }

    @Test
    void connectionsOverTimeAreDrawn() {
        login("/services/shop");
        assertThat(page.locator("#live")).containsText("No load balancer has reported any");
        shop.report(
                "nodes/lb1",
                """
                {'epoch': '%s', 'revision': %d, 'counters': [{'service': 'shop', 'host': 'web1',
                  'connections': 42, 'packetsPerSecond': 7, 'bytesPerSecond': 900}]}\
                """
                        .formatted(shop.site().get("status").at("/epoch"), shop.revision()));
        assertThat(page.locator(".pulse figcaption")).containsText("42 connections now");
        assertThat(page.locator(".pulse-line")).hasCount(1);
        Pictures.keep(page, "pulse");
    }

    @Test
    void historyTellsWhoChangedWhatAndHowItWas() {
        shop.site()
                .put("services/shop/backends/web1", "{'weight': 2, 'adminState': 'DRAINING'}")
                .is(200);
        login("/history");
        Locator newest = page.locator("tbody tr").first();
        assertThat(newest).containsText("admin");
        assertThat(newest).containsText("backend shop/web1");
        Pictures.keep(page, "history");

        newest.getByRole(AriaRole.LINK).click();
        Locator diff = page.locator(".diff");
        assertThat(diff).containsText("adminState");
        assertThat(diff.locator("td.before").first()).containsText("ENABLED");
        assertThat(diff.locator("td.after").first()).containsText("DRAINING");
        Pictures.keep(page, "diff");
    }

    @Test
    void aClientsWayIsDrawn() {
        shop.site().put("services/shop/backends/web1", "{'adminState': 'DRAINING'}").is(200);
        login("/services/shop");
        page.getByLabel("Client").fill("203.0.113.7:51514");
        page.getByRole(AriaRole.BUTTON, buttonNamed("Explain")).click();

        String backend =
                shop.site()
                        .get("services/shop/explain?client=203.0.113.7:51514&protocol=TCP&port=443")
                        .at("/backend");
        assertThat(page.locator(".chain li").last()).containsText(backend);
        assertThat(page.locator(".sentence")).containsText("203.0.113.7:51514 hashes to slot");
        Pictures.take(page, "explain");

        page.getByLabel("Client").fill("nonsense");
        page.getByRole(AriaRole.BUTTON, buttonNamed("Explain")).click();
        assertThat(page.getByRole(AriaRole.ALERT).locator("visible=true"))
                .containsText("address:port such as");
    }

    @Test
    void theKeyboardIsEnough() {
        page.navigate(api.server() + "/console/sites/" + shop.name() + "/services/shop");
        assertThat(page.getByLabel("Admin token")).isFocused();
        page.keyboard().type(new Visitor(api).adminToken());
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).containsText("shop");

        page.keyboard().press("Tab");
        assertThat(page.locator(":focus")).containsText("Skip to the content");
        page.keyboard().press("Enter");
        assertThat(page.locator("#main")).isFocused();
        page.keyboard().press("Tab");
        assertThat(page.locator("#web1-Drain")).isFocused();
        String outline =
                (String) page.evaluate("getComputedStyle(document.activeElement).outlineStyle");
        assertThat(outline).isEqualTo("solid");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.BUTTON, buttonNamed("Drain web1"))).isFocused();
        page.keyboard().press("Enter");
        assertThat(row("web1")).containsText("draining");
    }

    @Test
    void nothingIsCutOffAt400PixelsOrOnAProjector() {
        page.context().close();
        for (int width : List.of(400, 1024, 1920)) {
            page = chromium.open(width, 900, ColorScheme.LIGHT);
            login("");
            for (String below :
                    List.of(
                            "",
                            "/services/shop",
                            "/services/shop/backends/web1?to=DRAINING",
                            "/history",
                            "/history/diff?from=0&to=" + shop.revision(),
                            "/explain?service=shop&client=203.0.113.7:51514&port=TCP+443")) {
                page.navigate(api.server() + "/console/sites/" + shop.name() + below);
                Object wide =
                        page.evaluate(
                                "document.documentElement.scrollWidth - document.documentElement.clientWidth");
                assertThat(wide).as("pixels to the right of %s at %d", below, width).isEqualTo(0);
                Pictures.keep(page, "w" + width + below.replaceAll("[^a-z0-9]+", "-"));
            }
            page.context().close();
        }
        page = chromium.open(400, 900, ColorScheme.LIGHT);
        login("/services/shop");
        Pictures.take(page, "service-400");
    }

    @Test
    void byNightItIsDark() {
        login("");
        long day = brightness();
        page.context().close();
        page = chromium.open(1280, 900, ColorScheme.DARK);
        login("");
        assertThat(brightness()).isLessThan(100);
        assertThat(day).isGreaterThan(600);
        Pictures.take(page, "overview-dark");
        page.navigate(api.server() + "/console/sites/" + shop.name() + "/services/shop");
        Pictures.keep(page, "service-dark");
    }

    /// Red, green and blue of the ground, added.
    private long brightness() {
        Object sum =
                page.evaluate(
                        """
                        getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3)
                            .reduce((sum, part) => sum + Number(part), 0)
                        """);
        return ((Number) sum).longValue();
    }

    /// Logs in, on the way to a page of the site: the login leads back to it.
    private void login(String below) {
        page.navigate(api.server() + "/console/sites/" + shop.name() + below);
        page.getByLabel("Admin token").fill(new Visitor(api).adminToken());
        page.getByRole(AriaRole.BUTTON, buttonNamed("Log in")).click();
        assertThat(page.locator(".site-name")).hasText(shop.name());
    }

    private Locator row(String host) {
        return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(host));
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Page.GetByRoleOptions buttonNamed(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}

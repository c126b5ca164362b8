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
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Migration and change sets by the console: what they would do is seen before the button that does
/// it.
@WithControlPlane
class ChangingIT {

    private static final String MIGRATION = "services/shop/migration";
    private static final String DRAIN =
            "{\"changes\": [{\"method\": \"PUT\", \"path\": \"/services/shop/backends/web2\","
                    + " \"body\": {\"adminState\": \"DRAINING\"}}]}";

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
    void aSite() {
        shop = ShopSite.make(api);
        page = chromium.open(1280, 900, ColorScheme.LIGHT);
    }

    @AfterEach
    void nothingToComplainAbout() {
        assertThat(chromium.complaints()).isEmpty();
        page.context().close();
    }

    @Test
    void aServiceIsMovedStepByStepAndBack() {
        login("/services/shop");
        page.locator("#migration").click();
        assertThat(page.locator("#stage")).hasText("LIVE");

        page.getByLabel("Old load balancers").fill("10.4.1.2, 10.4.2.2");
        button("To SHADOW…").click();
        assertThat(page.locator("h1")).containsText("Service shop to SHADOW?");
        assertThat(page.locator(".plan")).containsText("no longer announce 198.51.100.7");
        shop.site().get(MIGRATION).has("/stage", "LIVE");
        button("To SHADOW").click();
        assertThat(page.locator(".note").first()).containsText("SHADOW since revision");
        assertThat(page.locator("#to-LIVE")).hasCount(0);
        assertThat(page.locator("#to-LEGACY")).hasCount(1);
        shop.site().get(MIGRATION).has("/stage", "SHADOW").has("/legacyHosts/1", "10.4.2.2");

        page.getByLabel("Share of the backends at CANARY, percent").fill("25");
        button("To CANARY…").click();
        assertThat(page.locator("h1")).containsText("to CANARY at 25 %?");
        assertThat(page.locator("svg.flows")).hasCount(1);
        Pictures.keep(page, "canary-question");
        button("To CANARY").click();
        assertThat(page.locator("#stage")).hasText("CANARY");
        assertThat(page.locator("#target")).hasText("25 %");
        assertThat(page.locator("#real"))
                .hasText(shop.site().get(MIGRATION).has("/percent", 25).at("/realPercent") + " %");
        Pictures.take(page, "migration");

        page.getByLabel("Share of the backends at CANARY, percent").fill("0.001");
        button("Stay at CANARY with these…").click();
        assertThat(alert()).containsText("percent");
        page.getByRole(AriaRole.LINK, named("Back")).click();
        page.locator("#to-LEGACY").click();
        button("To LEGACY").click();
        assertThat(page.locator("#stage")).hasText("LEGACY");
        shop.site().get(MIGRATION).has("/stage", "LEGACY");
    }

    @Test
    void whoWasFasterIsNotOverruled() {
        login("/" + MIGRATION + "/step?to=SHADOW&hosts=10.4.1.2");
        assertThat(page.locator("h1")).containsText("to SHADOW?");
        shop.site()
                .put(MIGRATION, "{'stage': 'CANARY', 'percent': 50, 'legacyHosts': ['10.4.1.2']}")
                .is(200);
        button("To SHADOW").click();
        assertThat(page.locator("h1")).containsText("Somebody was faster");
        shop.site().get(MIGRATION).has("/stage", "CANARY");
        chromium.complaints().removeIf(one -> one.contains("412"));
    }

    @Test
    void aScheduleIsMadePausedResumedAndEnded() {
        shop.site().put(MIGRATION, "{'stage': 'SHADOW', 'legacyHosts': ['10.4.1.2']}").is(200);
        login("/" + MIGRATION);
        page.getByLabel("Steps, percent").fill("5 nonsense");
        button("Schedule").click();
        assertThat(alert()).containsText("nonsense");
        page.getByLabel("Steps, percent").fill("10, 50");
        button("Schedule").click();
        assertThat(page.locator("#live ol")).containsText("10 % for 30 min");
        shop.site().get(MIGRATION + "/schedule").has("/steps/1/percent", 50);

        page.locator("#pause").click();
        assertThat(page.locator("#schedule-state")).hasText("PAUSED");
        shop.site().get(MIGRATION + "/schedule").has("/state", "PAUSED");
        page.locator("#resume").click();
        assertThat(page.locator("#schedule-state")).hasText("RUNNING");
        Pictures.keep(page, "schedule");
        page.locator("#end").click();
        assertThat(page.locator("#live")).containsText("only people take steps");
        shop.site().get(MIGRATION + "/schedule").is(404);
    }

    @Test
    void aChangeSetIsSeenThenApplied() {
        login("/plan");
        page.getByLabel("Change set").fill(DRAIN);
        button("See what it would do").click();
        assertThat(page.locator(".moved")).containsText("Flows of shop");
        assertThat(page.locator(".moved")).containsText("without need");
        page.getByText("Shares that change").click();
        assertThat(row("web2")).containsText("0.0 %");
        shop.site().get("services/shop/backends/web2").has("/adminState", "ENABLED");
        Pictures.take(page, "plan");

        page.locator("#apply").click();
        assertThat(page.locator(".note")).containsText("Done: 1 change, as revision");
        shop.site().get("services/shop/backends/web2").has("/adminState", "DRAINING");
        shop.site().get("status").has("/revision", shop.revision());
    }

    @Test
    void aChangeSetIsPutTogetherAndAGentlerWayIsTaken() {
        login("/plan");
        page.getByLabel("Method").selectOption("DELETE");
        page.getByLabel("Path below the site").fill("/services/shop/backends/web3");
        button("Add").click();
        assertThat(page.getByLabel("Change set"))
                .hasValue(Pattern.compile("DELETE.*web3", Pattern.DOTALL));
        page.getByLabel("Path below the site").fill("/services/shop/backends/web1");
        page.getByLabel("Body").fill("{\"weight\": }");
        button("Add").click();
        assertThat(alert()).isVisible();
        button("See what it would do").click();
        assertThat(page.locator(".gentler")).containsText("drain first");

        button("Plan this instead").click();
        assertThat(page.getByLabel("Change set")).hasValue(Pattern.compile("DRAINING"));
        page.locator("#apply").click();
        assertThat(page.locator(".note")).containsText("Done: 1 change");
        shop.site().get("services/shop/backends/web3").has("/adminState", "DRAINING");
    }

    @Test
    void aGuardHoldsUntilAReasonIsGivenAndAPlanOfThePastIsNotApplied() {
        api.put(
                        "/api/v1/sites/" + shop.name(),
                        "{'vipRanges': ['198.51.100.0/24'], 'limits': {'maxCollateralPercent': 0}}")
                .is(200);
        login("/plan");
        String removal =
                "{\"changes\": [{\"method\": \"DELETE\", \"path\": \"/services/shop/backends/web3\"}]}";
        page.getByLabel("Change set").fill(removal);
        button("See what it would do").click();
        assertThat(page.locator("#plan + p + ul")).containsText("Refused");
        assertThat(page.locator("#apply")).isDisabled();

        page.getByLabel("Reason to exceed a collateral limit").fill("it burns");
        button("See what it would do").click();
        assertThat(page.locator("#apply")).isEnabled();
        shop.site().put("services/shop/backends/web1", "{'adminState': 'DRAINING'}").is(200);
        page.locator("#apply").click();
        assertThat(page.locator("h1")).containsText("Somebody was faster");
        shop.site().get("services/shop/backends/web3").is(200);
        chromium.complaints().removeIf(one -> one.contains("412"));

        page.navigate(api.server() + "/console/sites/" + shop.name() + "/plan");
        page.getByLabel("Change set").fill(removal);
        page.getByLabel("Reason to exceed a collateral limit").fill("it burns");
        button("See what it would do").click();
        page.locator("#apply").click();
        assertThat(page.locator(".note")).containsText("Done: 1 change");
        api.get("/api/v1/audit?site=" + shop.name()).has("/items/0/override", "it burns");
    }

    @Test
    void theKeyboardIsEnoughAtAnyWidthByDayAndNight() {
        shop.site()
                .put(MIGRATION, "{'stage': 'CANARY', 'percent': 50, 'legacyHosts': ['10.4.1.2']}")
                .is(200);
        shop.site()
                .put(MIGRATION + "/schedule", "{'paused': true, 'steps': [{'percent': 80}]}")
                .is(200);
        page.context().close();
        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page = chromium.open(400, 900, colours);
            login("/" + MIGRATION);
            fits("migration-400-" + colours);
            page.navigate(
                    api.server()
                            + "/console/sites/"
                            + shop.name()
                            + "/"
                            + MIGRATION
                            + "/step?to=CANARY&percent=25&hosts=10.4.1.2");
            fits("stage-400-" + colours);
            page.navigate(api.server() + "/console/sites/" + shop.name() + "/plan");
            page.getByLabel("Change set").fill(DRAIN);
            page.keyboard().press("Tab"); // the reason
            page.keyboard().press("Tab"); // meant
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            assertThat(page.locator(".moved")).containsText("Flows of shop");
            page.getByText("Shares that change").click();
            fits("plan-400-" + colours);
            page.context().close();
        }
        page = chromium.open(1280, 900, ColorScheme.LIGHT);
        login("/" + MIGRATION);
        page.getByLabel("Old load balancers").focus();
        page.keyboard().press("Tab");
        assertThat(page.locator("#to-LEGACY")).isFocused();
        page.keyboard().press("Enter");
        assertThat(button("To LEGACY")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("#stage")).hasText("LEGACY");
    }

    private void fits(String picture) {
        Pictures.keep(page, picture);
        Object wide =
                page.evaluate(
                        "document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(wide).as("pixels to the right of %s", picture).isEqualTo(0);
    }

    private void login(String below) {
        page.navigate(api.server() + "/console/sites/" + shop.name() + below);
        page.getByLabel("Admin token").fill(new Visitor(api).adminToken());
        button("Log in").click();
        assertThat(page.locator(".site-name")).hasText(shop.name());
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator alert() {
        return page.getByRole(AriaRole.ALERT).locator("visible=true");
    }

    private Locator row(String host) {
        return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(host));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}

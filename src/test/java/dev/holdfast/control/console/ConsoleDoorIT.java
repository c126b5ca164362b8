package dev.holdfast.control.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.Visitor;
import dev.holdfast.control.driver.WithControlPlane;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Who gets to the console, with what, and what its pages may not do. No browser is needed for it.
@WithControlPlane
class ConsoleDoorIT {

    private static final Pattern ADDRESS = Pattern.compile("(?:href|src|action)=\"([^\"]+)\"");

    @Autowired private Api api;

    private Visitor person;

    @BeforeEach
    void aPerson() {
        person = new Visitor(api);
    }

    @Test
    void theFirstPageLeadsToTheLogin() {
        person.get("/").leadsTo("/console");
        person.get("/console").leadsTo("/console/login");
        person.get("/console/sites/none").leadsTo("/console/login");
        person.get("/console/login").is(200).shows("Admin token");
    }

    @Test
    void onlyTheAdminsTokenOpens() {
        ShopSite shop = ShopSite.make(api);
        String agents = shop.site().post("nodes/lb1/token", "").at("/token");
        for (String token : List.of("", "hf_admin_wrong", agents)) {
            person.get("/console/login").is(200);
            person.post("/console/login", "token", token).leadsTo("/console/login?refused");
            person.get("/console").leadsTo("/console/login");
        }
        person.get("/console/login?refused").shows("not the admin's token");
        new Visitor(api).login();
    }

    @Test
    void scriptsAndOtherSitesDoNotGetTheCookie() {
        person.get("/console/login");
        Answer in = person.post("/console/login", "token", person.adminToken());

        assertThat(in.header("Set-Cookie"))
                .startsWith("holdfast=")
                .contains("HttpOnly")
                .contains("SameSite=Strict");
    }

    @Test
    void aFormOfAnotherServerIsRefusedAndChangesNothing() {
        ShopSite shop = ShopSite.make(api);
        person.login();
        String backend = "services/shop/backends/web1";
        String page = "/console/sites/" + shop.name() + "/" + backend;
        String revision = shop.site().get(backend).at("/revision");

        person.postBare(page, "to", "DRAINING", "seen", revision)
                .is(403)
                .shows("This form was not accepted");
        shop.site().get(backend).has("/adminState", "ENABLED");

        person.get(page + "?to=DRAINING").is(200);
        person.post(page, "to", "DRAINING", "seen", revision).leadsTo("/services/shop");
        shop.site().get(backend).has("/adminState", "DRAINING");
    }

    @Test
    void whatWasAnsweredToAnOldQuestionIsRefused() {
        ShopSite shop = ShopSite.make(api);
        person.login();
        String backend = "services/shop/backends/web1";
        String page = "/console/sites/" + shop.name() + "/" + backend;
        String seen = shop.site().get(backend).at("/revision");
        person.get(page + "?to=DISABLED").is(200);
        shop.site().put(backend, "{'weight': 3}").is(200);

        person.post(page, "to", "DISABLED", "seen", seen).is(412).shows("Somebody was faster");
        shop.site().get(backend).has("/adminState", "ENABLED").has("/weight", 3);
    }

    @Test
    void withoutASessionNothingIsDoneAndNewsSendTheWholePageToTheLogin() {
        ShopSite shop = ShopSite.make(api);
        String site = "/console/sites/" + shop.name();
        person.postBare(site + "/services/shop/backends/web1", "to", "DRAINING", "seen", "1")
                .leadsTo("/console/login");
        Answer news = person.get(site + "/live?seen=x", "HX-Request", "true");
        assertThat(news.is(401).header("HX-Redirect")).isEqualTo("/console/login");
    }

    @Test
    void whoLogsOutIsOut() {
        person.login();
        person.post("/console/logout").leadsTo("/console/login?out");
        person.get("/console").leadsTo("/console/login");
    }

    @Test
    void theSessionOpensNoApi() {
        person.login();
        person.get("/api/v1/sites").isProblem(401);
    }

    @Test
    void pagesLoadNothingFromElsewhereAndRunNothingInline() {
        ShopSite shop = ShopSite.make(api).allInStep();
        person.login();
        String site = "/console/sites/" + shop.name();
        for (String path :
                List.of(
                        "/console",
                        site,
                        site + "/services/shop",
                        site + "/history",
                        site + "/history/diff?to=3",
                        site + "/explain?service=shop&client=192.0.2.1:1024&port=TCP+443")) {
            Answer page = person.get(path).is(200);
            assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'self';");
            assertThat(page.body()).doesNotContain("<style", "style=", "onclick", "<script>");
            Matcher address = ADDRESS.matcher(page.body());
            while (address.find()) {
                assertThat(address.group(1)).as("in %s", path).matches("[#/](?!/).*");
            }
        }
        assertThat(person.get("/assets/console.css").is(200).body())
                .doesNotContain("url(", "@import");
        person.get("/assets/htmx.org/dist/htmx.min.js").is(200);
    }

    @Test
    void whatOthersWroteIsShownAndNeverRun() {
        String evil = "<img src=x onerror=alert(1)>\\\"';--";
        ShopSite shop = ShopSite.make(api);
        shop.site()
                .put(
                        "services/shop",
                        """
                        {'vip': 'storefront', 'owner': '<b>owner</b>',
                         'ports': [{'protocol': 'TCP', 'port': 443}]}\
                        """)
                .is(200);
        shop.report(
                "nodes/lb1",
                "{'revision': 1, 'failures': [{'resource': '%1$s', 'operation': '%1$s', 'error': '%1$s'}]}"
                        .formatted(evil.replace("'", "")));
        person.login();
        String site = "/console/sites/" + shop.name();

        for (String path : List.of(site, site + "/live", site + "/services/shop")) {
            person.get(path).is(200);
        }
        person.get(site).shows("&lt;img src=x onerror=alert(1)&gt;", "&lt;b&gt;owner&lt;/b&gt;");
        for (String path :
                List.of(
                        site,
                        site + "/live",
                        site + "/services/shop",
                        site + "/history/diff?from=0&to=" + shop.revision(),
                        site + "/explain?service=shop&client=%3Cimg%20src=x%3E")) {
            assertThat(person.get(path).is(200).body()).doesNotContain("<img src=x", "<b>owner");
        }
    }

    @Test
    void aPlanIsShownBeforeAnythingIsDone() {
        ShopSite shop = ShopSite.make(api);
        person.login();
        String site = "/console/sites/" + shop.name();
        long before = shop.revision();

        person.get(site + "/services/shop/backends/web1?to=DRAINING")
                .is(200)
                .shows(
                        "What it would do",
                        "move, 0.0 % of all without need",
                        "send no new connections");
        shop.site().get("status").has("/revision", before);
        shop.site().delete("services/shop/backends/web2").is(204);
        person.get(site + "/history/diff?to=" + before).is(200).shows("Back to " + before);
        person.get(site + "/history/rollback?to=" + before)
                .is(200)
                .shows("PUT /services/shop/backends/web2", "What it would do");
        String seen = Long.toString(before + 1);
        person.post(site + "/history/rollback", "to", Long.toString(before), "seen", seen)
                .leadsTo("/history");
        shop.site().get("services/shop/backends/web2").is(200);
        person.get(site + "/history/rollback?to=" + (before + 2)).is(200).shows("Nothing differs");
        person.get(site + "/history/rollback?to=999").is(404);
    }

    @Test
    void theAuditIsAPage() {
        ShopSite shop = ShopSite.make(api);
        shop.site().put("nodes/lb9", "{'address': '<b>x'}").isProblem(400);
        person.login();

        person.get("/console/audit?path=" + shop.site().path())
                .is(200)
                .shows("refused, 400", "&lt;b&gt;x", "revision 2", "admin", "127.0.0.1");
        person.get("/console/audit?outcome=REFUSED&by=nobody-at-all").is(200).shows("Nothing was");
        person.get("/console/audit?outcome=GOOD").is(400);
    }

    @Test
    void newsAreSentOnlyWhenThereAreAny() {
        ShopSite shop = ShopSite.make(api).allInStep();
        person.login();
        String site = "/console/sites/" + shop.name();
        String news = newsAddress(person.get(site).is(200));

        person.get(news).is(204);
        shop.site().put("nodes/lb4", "{'address': '10.2.4.2'}").is(201);
        Answer changed = person.get(news).is(200);

        assertThat(changed.body()).startsWith("<section").contains("lb4");
        person.get(newsAddress(changed)).is(204);
        person.get(newsAddress(person.get(site + "/services/shop").is(200))).is(204);
    }

    @Test
    void whatIsNotThereIsSaidToAPerson() {
        person.login();
        person.get("/console/nothing").is(404).shows("Nothing here");
        person.get("/console/sites/none").is(404).shows("there is no site none");
        person.get("/console/sites/NO").is(400).shows("1 to 63 characters");
        person.get("/console/sites/none/history?before=x").is(400).shows("before");
    }

    private static String newsAddress(Answer page) {
        Matcher address = Pattern.compile("hx-get=\"([^\"]+)\"").matcher(page.body());
        assertThat(address.find()).isTrue();
        return Objects.requireNonNull(address.group(1)).replace("&amp;", "&");
    }
}

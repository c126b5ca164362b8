package dev.holdfast.control.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@WithControlPlane
class HistoryIT {

    @Autowired private Api api;

    /// A site whose revisions 1 to 4 differ in its cliff: 50, 10, 20, 30.
    private SiteOfATest siteWithFourRevisions() {
        SiteOfATest site = api.newSite("{'vipRanges': ['198.51.100.0/24']}");
        for (int cliff = 10; cliff <= 30; cliff += 10) {
            api.put(
                            site.path(),
                            "{'vipRanges': ['198.51.100.0/24'], 'limits': {'cliffPercent': %d}}"
                                    .formatted(cliff))
                    .is(200);
        }
        return site;
    }

    @Test
    void revisionsAreListedNewestFirstPageByPage() {
        SiteOfATest site = siteWithFourRevisions();

        var first = site.get("revisions?limit=3").is(200).has("/next", 2);
        assertThat(first.each("/revision")).containsExactly("4", "3", "2");
        var last = site.get("revisions?limit=3&after=2").is(200).hasNo("/next");
        assertThat(last.each("/revision")).containsExactly("1");
        last.has("/items/0/summary", "site " + site.name() + " set").has("/items/0/actor", "admin");
    }

    @Test
    void aWriteThatChangesNothingMakesARevisionWhenAPersonMeansIt() {
        SiteOfATest site = siteWithFourRevisions();
        String same = "{'vipRanges': ['198.51.100.0/24'], 'limits': {'cliffPercent': 30}}";

        api.put(site.path(), same).is(200);
        site.get("status").has("/revision", 4);
        api.put(site.path() + "?meant=true", same).is(200);

        site.get("status").has("/revision", 5);
        site.get("revisions?limit=1")
                .is(200)
                .has("/items/0/meant", true)
                .has("/items/0/summary", "nothing changed; a large loss is meant");
        site.get("revisions/5").is(200).has("/changes", "[]");
    }

    @Test
    void aRevisionShowsWhatItChangedAndTheSiteAsItWas() {
        SiteOfATest site = siteWithFourRevisions();

        site.get("revisions/3")
                .is(200)
                .hasEtag(3)
                .has("/changes/0/before/limits/cliffPercent", 10)
                .has("/changes/0/after/limits/cliffPercent", 20)
                .has("/resources/0/kind", "SITE")
                .has("/resources/0/document/limits/cliffPercent", 20);
        site.get("revisions/1").is(200).hasNo("/changes/0/before");
    }

    @Test
    void anyTwoRevisionsAreComparedInEitherDirection() {
        SiteOfATest site = siteWithFourRevisions();

        site.get("revisions/4/diff?from=1")
                .is(200)
                .has(
                        "/text/0",
                        "~ site "
                                + site.name()
                                + ": limits {\"cliffPercent\":50} → {\"cliffPercent\":30}");
        site.get("revisions/1/diff?from=4")
                .is(200)
                .has("/changes/0/before/limits/cliffPercent", 30)
                .has("/changes/0/after/limits/cliffPercent", 50);
        site.get("revisions/3/diff").is(200).has("/from", 2).has("/to", 3);
    }

    @Test
    void whatIsNotThereIsSaid() {
        SiteOfATest site = siteWithFourRevisions();

        site.get("revisions/5").isProblem(404, "revision").says("1 to 4");
        site.get("revisions/0").isProblem(404, "revision");
        site.get("revisions/x").isProblem(400, "revision");
        site.get("revisions/-1").isProblem(400, "revision");
        site.get("revisions/4/diff?from=9").isProblem(404, "revision");
        site.get("revisions/4/diff?from=").isProblem(400, "from");
        site.get("revisions?after=x").isProblem(400, "after");
        api.get("/api/v1/sites/nowhere/revisions").isProblem(404);
    }
}

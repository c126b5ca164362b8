package dev.holdfast.control.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@WithControlPlane
class ApplyIT {

    private static final String SHOP =
            """
            {'changes': [
              {'method': 'PUT', 'path': '/nodes/lb1', 'body': {'address': '10.2.1.2'}},
              {'method': 'PUT', 'path': '/hosts/be1', 'body': {'address': '10.3.1.2'}},
              {'method': 'PUT', 'path': '/hosts/be2', 'body': {'address': '10.3.1.3'}},
              {'method': 'PUT', 'path': '/vips/shop', 'body': {}},
              {'method': 'PUT', 'path': '/services/shop', 'body':
                {'vip': 'shop', 'owner': null, 'ports': [{'protocol': 'TCP', 'port': 80}]}},
              {'method': 'PUT', 'path': '/services/shop/backends/be1', 'body': {'weight': 2}},
              {'method': 'PUT', 'path': 'services/shop/backends/be2', 'body': {}}]}\
            """;

    @Autowired private Api api;

    private static String changes(String... changes) {
        return "{'changes': [" + String.join(", ", changes) + "]}";
    }

    private static String put(String path, String body) {
        return "{'method': 'PUT', 'path': '%s', 'body': %s}".formatted(path, body);
    }

    private static String delete(String path) {
        return "{'method': 'DELETE', 'path': '%s'}".formatted(path);
    }

    @Test
    void allOfASetIsOneRevision() {
        SiteOfATest site = api.newSite();

        site.post("apply", SHOP)
                .is(200)
                .hasEtag(2)
                .has("/revision", 2)
                .has("/changed", true)
                .has("/changes/3/created", true)
                .has("/changes/3/resource/address", "198.51.100.1")
                .has("/changes/5/resource/weight", 2);

        site.get("status").has("/revision", 2);
        assertThat(site.get("revisions").each("/revision")).containsExactly("2", "1");
        assertThat(site.get("revisions/2").json().get("changes")).hasSize(7);
        site.get("services/shop/backends/be2").is(200).hasEtag(2).has("/ordinal", 2);
    }

    @Test
    void putsAndDeletesGoTogetherAndNothingNewMakesNoRevision() {
        SiteOfATest site = api.newSite();
        site.post("apply", SHOP).is(200);

        site.post("apply", SHOP).is(200).hasEtag(2).has("/changed", false);
        site.post(
                        "apply",
                        changes(
                                put("/services/shop/backends/be2", "{'adminState': 'DRAINING'}"),
                                delete("/services/shop/backends/be1"),
                                delete("/hosts/be1"),
                                put("/nodes/lb1/maintenance", "{'reason': 'a disk'}")
                                        .replace("}}", "}, 'force': true}"),
                                put(
                                        "/",
                                        "{'vipRanges': ['198.51.100.0/24'], 'limits': {'cliffPercent': 20}}")))
                .is(200)
                .hasEtag(3);
        site.get("hosts/be1").isProblem(404);
        site.get("nodes/lb1").has("/maintenance/reason", "a disk");
        api.get(site.path()).has("/limits/cliffPercent", 20);
        site.get("services/shop/backends/be2").has("/serving", false);
    }

    /// A service that would lose most of its backends fails open, so each serves by all others.
    @Test
    void whoComesAndGoesInASetCountsForWhoServes() {
        SiteOfATest site = api.newSite();
        site.post("apply", SHOP).is(200);
        site.put("services/shop/backends/be2/health", "{'up': false, 'why': 'a test'}").is(201);
        site.get("services/shop/backends/be2").has("/serving", false);

        site.post("apply", changes(delete("/services/shop/backends/be1"))).is(200);
        site.get("services/shop/backends/be2").has("/serving", true);

        site.post(
                        "apply",
                        changes(
                                put("/hosts/be3", "{'address': '10.3.1.4'}"),
                                put("/services/shop/backends/be3", "{}")))
                .is(200);
        site.get("services/shop/backends/be3").has("/serving", true);
        site.get("services/shop/backends/be2").has("/serving", false);

        site.post(
                        "apply",
                        changes(
                                put("/services/shop/backends/be1", "{'adminState': 'DRAINING'}"),
                                delete("/services/shop/backends/be3")))
                .is(200);
        site.get("services/shop/backends/be2").has("/serving", true);
    }

    @Test
    void whatIsRefusedInTheMiddleLeavesNothingAndIsNamedByItsIndex() {
        SiteOfATest site = api.newSite();

        Answer heavy =
                site.post("apply", SHOP.replace("'weight': 2", "'weight': 2000"))
                        .isProblem(400, "changes[5].body.weight")
                        .has("/found", 2000);
        assertThat(heavy.at("/detail")).contains("changes[5].body.weight: 2000 (expected: ");
        site.post("apply", SHOP.replace("backends/be1", "backends/be9"))
                .isProblem(404, "changes[5]")
                .says("there is no host be9");
        site.get("status").has("/revision", 1);
        site.get("nodes/lb1").isProblem(404);
        site.post("apply", SHOP).is(200);
        site.post(
                        "apply",
                        changes(put("/nodes/lb2", "{'address': '10.2.1.9'}"), delete("/vips/shop")))
                .isProblem(409, "changes[1]")
                .says("service shop");
        site.get("nodes/lb2").isProblem(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                           | changes",
                "{'changes': []}                                              | changes",
                "{'changes': [null]}                                          | changes[0]",
                "{'changes': [{'path': '/vips/a', 'body': {}}]}               | changes[0].method",
                "{'changes': [{'method': 'POST', 'path': '/vips/a'}]}         | changes[0].method",
                "{'changes': [{'method': 'PUT', 'body': {}}]}                 | changes[0].path",
                "{'changes': [{'method': 'PUT', 'path': '/vip/a', 'body': {}}]} | changes[0].path",
                "{'changes': [{'method': 'PUT', 'path': '/vips/A', 'body': {}}]} | changes[0].path",
                "{'changes': [{'method': 'PUT', 'path': '/vips/a'}]}          | changes[0].body",
                "{'changes': [{'method': 'PUT', 'path': '/vips/a', 'body': 7}]} | changes[0].body",
                "{'changes': [{'method': 'DELETE', 'path': '/vips/a', 'body': {}}]} | changes[0].body",
                "{'changes': [{'method': 'PUT', 'path': '/vips/a', 'body': {'adress': '1'}}]} | changes[0].body.adress",
                "{'changes': [{'method': 'PUT', 'path': '/vips/a', 'body': {'address': 7}}]} | changes[0].body.address",
                "{'changes': [{'method': 'PUT', 'path': '/vips/a', 'body': {'name': 'half \\ud800'}}]} | changes[0].body.name",
                "{'changes': [{'method': 'PUT', 'path': '/vips/a', 'body': {}}, {'method': 'DELETE', 'path': 'vips/a'}]} | changes[1].path",
                "{'changes': [{'method': 'DELETE', 'path': '/'}], 'more': 1}  | more",
            })
    void aBadSetIsRefusedByField(String body, String field) {
        SiteOfATest site = api.newSite();

        site.post("apply", body).isProblem(400, field);

        site.get("status").has("/revision", 1);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        SiteOfATest site = api.newSite();

        Answer answer =
                site.post(
                        "apply",
                        changes(
                                put("/vips/a", "{'adress': '1'}"),
                                put("/vipz/a", "{}"),
                                put("/vips/b", "{'address': 'x'}")));

        assertThat(answer.isProblem(400).json().get("errors")).hasSize(3);
        site.post("apply", changes(delete("/"))).isProblem(409, "changes[0]");
    }

    @Test
    void onlyTheRevisionThatWasSeenIsChanged() {
        SiteOfATest site = api.newSite();

        site.post("apply", SHOP, "If-Match", "\"7\"").isProblem(412, "If-Match");
        site.post("apply", SHOP, "If-Match", "\"1\"").is(200).hasEtag(2);
        site.post("apply", SHOP, "If-Match", "\"1\"").isProblem(412, "If-Match");
        api.post("/api/v1/sites/" + Api.freshName("none") + "/apply", SHOP).isProblem(404);
    }

    @Test
    void theSameKeyAndSetAreAnsweredAlike() {
        SiteOfATest site = api.newSite();
        String key = Api.freshName("key");
        Answer first =
                site.post("apply", SHOP, "Idempotency-Key", key, "If-Match", "\"1\"").is(200);
        site.delete("services/shop/backends/be1").is(204).hasEtag(3);

        Answer again = site.post("apply", SHOP, "Idempotency-Key", key, "If-Match", "\"1\"");

        assertThat(again.is(200).hasEtag(2).json()).isEqualTo(first.json());
        site.get("services/shop/backends/be1").isProblem(404);
        site.get("status").has("/revision", 3);
        site.post("apply", changes(delete("/nodes/lb1")), "Idempotency-Key", key)
                .isProblem(409, "Idempotency-Key");
        site.post("apply", changes(delete("/nodes/none")), "Idempotency-Key", "other")
                .isProblem(404);
        site.post("apply", changes(delete("/nodes/lb1")), "Idempotency-Key", "other").is(200);
        site.post("apply", SHOP, "Idempotency-Key", "with space").isProblem(400, "Idempotency-Key");
    }

    @Test
    void aKeySentManyTimesAtOnceIsCarriedOutOnce() throws Exception {
        SiteOfATest site = api.newSite();
        try (ExecutorService many = Executors.newFixedThreadPool(6)) {
            List<Future<Answer>> answers =
                    IntStream.range(0, 6)
                            .mapToObj(_ ->
                                    many.submit(
                                            () -> site.post("apply", SHOP, "Idempotency-Key", "k")))
                            .toList();
            for (Future<Answer> answer : answers) {
                answer.get().is(200).hasEtag(2).has("/changed", true);
            }
        }
        site.get("status").has("/revision", 2);
    }
}

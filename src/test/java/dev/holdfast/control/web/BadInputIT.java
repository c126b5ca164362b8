package dev.holdfast.control.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.RawHttp;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/// Whatever is sent, the answer is a problem that helps, and nothing is stored.
@WithControlPlane
class BadInputIT {

    private static final int MEBIBYTE = 1 << 20;

    @Autowired private Api api;
    private SiteOfATest site;

    @BeforeEach
    void aSite() {
        site = api.newSite();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'vipRanges': ['198.51.100.0/24'], 'nonsense': 1}            | nonsense",
                "{'vipRanges': '198.51.100.0/24'}                             | vipRanges",
                "{'vipRanges': [null]}                                        | vipRanges[0]",
                "{'vipRanges': [7]}                                           | vipRanges[0]",
                "{'vipRanges': [['198.51.100.0/24']]}                         | vipRanges[0]",
                "{'vipRanges': ['198.51.100.0']}                              | vipRanges[0]",
                "{'vipRanges': ['198.51.100.1/24']}                           | vipRanges[0]",
                "{'vipRanges': ['']}                                          | vipRanges[0]",
                "{'vipRanges': []}                                            | vipRanges",
                "{'vipRanges': ['127.0.0.0/8']}                               | vipRanges[0]",
                "{}                                                           | vipRanges",
                "{'underlayMtu': '1500'}                                      | underlayMtu",
                "{'underlayMtu': 1400.5}                                      | underlayMtu",
                "{'vipRanges': ['198.51.100.0/24'], 'underlayMtu': 0}         | underlayMtu",
                "{'limits': {'cliffPercent': '2'}}                            | limits.cliffPercent",
                "{'limits': {'cliffPercent': 2.0}}                            | limits.cliffPercent",
                "{'limits': {'cliffPercent': true}}                           | limits.cliffPercent",
                "{'limits': {'cliffPercent': 99999999999}}                    | limits.cliffPercent",
                "{'limits': {'cliffPercent': 1e400}}                          | limits.cliffPercent",
                "{'limits': {'cliff': 2}}                                     | limits.cliff",
                "{'limits': []}                                               | limits",
                "{'encapsulation': 'GUE'}                                     | encapsulation",
                "{'encapsulation': {'kind': 'gue'}}                           | encapsulation.kind",
                "{'encapsulation': {'kind': ''}}                              | encapsulation.kind",
                "{'encapsulation': {'kind': 0}}                               | encapsulation.kind",
                "{'name': 5}                                                  | name",
                "{'name': 'nul \\u0000'}                                      | name",
                "{'name': 'half \\ud800'}                                     | name",
                "{'half \\ud800': 1}                                          | body",
                "[]                                                           | body",
                "7                                                            | body",
                "'text'                                                       | body",
                "null                                                         | body",
                "{                                                            | body",
                "{'vipRanges': ['198.51.100.0/24']} x                         | body",
                "{'vipRanges': ['198.51.100.0/24']} {}                        | body",
                "{'vipRanges': [], 'vipRanges': ['198.51.100.0/24']}          | body",
                "nonsense                                                     | body",
            })
    void aBadBodyIsRefusedByField(String body, String field) {
        String path = "/api/v1/sites/" + Api.freshName("bad");

        api.put(path, body).isProblem(400, field);

        api.get(path).isProblem(404);
    }

    @Test
    void anEmptyBodyIsRefused() {
        api.send("PUT", site.path(), BodyPublishers.noBody(), "Content-Type", "application/json")
                .isProblem(400, "body");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        api.put(site.path(), "{'vipRanges': " + deep + "}").isProblem(400);
        api.put(site.path(), deep).isProblem(400);
    }

    @Test
    void badUtf8IsRefused() {
        byte[] body = "{\"name\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

        api.send("PUT", site.path(), BodyPublishers.ofByteArray(body)).isProblem(400);
    }

    @Test
    void aHugeBodyIsRefusedWhetherItSaysSoOrNot() {
        byte[] huge =
                ("{\"name\": \"" + "a".repeat(2 * MEBIBYTE) + "\"}")
                        .getBytes(StandardCharsets.UTF_8);

        api.send("PUT", site.path(), BodyPublishers.ofByteArray(huge)).isProblem(413, "body");
        api.send(
                        "PUT",
                        site.path(),
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(huge)))
                .isProblem(413, "body");
    }

    @Test
    void strangersAreTurnedAwayBeforeTheirBodyIsRead() {
        RawHttp.strangersPut(api, site.path(), 2 * MEBIBYTE).isProblem(401);
    }

    @Test
    void longTextsAreCutInTheAnswer() {
        Answer answer = site.put("nodes/lb1", "{'address': '" + "1".repeat(500_000) + "'}");

        answer.isProblem(400, "address");
        assertThat(answer.body()).hasSizeLessThan(3000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/sites/UPPER",
                "/api/v1/sites/a_b",
                "/api/v1/sites/a.b",
                "/api/v1/sites/%C3%A9",
                "/api/v1/sites/a%20b",
                "/api/v1/sites/a%2Fb",
                "/api/v1/sites/a%5Cb",
                "/api/v1/sites/a%252Fb",
                "/api/v1/sites/%00",
                "/api/v1/sites/a%00b",
                "/api/v1/sites/%ff",
                "/api/v1/sites/%zz",
                "/api/v1/sites/%",
                "/api/v1/sites/a;b=c",
                "/api/v1/sites/..",
                "/api/v1/sites/../../x",
                "/api/v1/sites/%2e%2e/x",
                "/api/v1//sites/a",
                "/api/v1/sites?limit=-1",
                "/api/v1/sites?limit=x",
                "/api/v1/sites?limit=10000",
                "/api/v1/sites?limit=%00",
                "/api/v1/sites?after=%00",
                "/api/v1/sites?after=%ff",
                "/api/v1/sites?after=%",
                "/api/v1/sites?after=A",
                "/api/v1/sites/x/nodes?address=%00",
            })
    void aBadPathOrParameterIsAProblem(String path) {
        Answer answer = RawHttp.get(api, path);

        assertThat(answer.status()).as("%s", answer).isIn(400, 404);
        answer.isProblem(answer.status());
    }

    @Test
    void aLongPathIsAProblem() {
        RawHttp.get(api, "/api/v1/sites/" + "a".repeat(64)).isProblem(400, "site");
        RawHttp.get(api, "/api/v1/sites/" + "a".repeat(5_000)).isProblem(400);
        Answer longer = RawHttp.get(api, "/api/v1/sites/" + "a".repeat(100_000));
        longer.isProblem(414);
    }

    @Test
    void aBadHeaderIsAProblem() {
        site.put("nodes/lb1", "{'address': '10.2.1.2'}", "If-Match", "2")
                .isProblem(400, "If-Match");
        site.put("nodes/lb1", "{'address': '10.2.1.2'}", "If-Match", "\"1\", \"2\"")
                .isProblem(400, "If-Match");
        site.put("nodes/lb1", "{'address': '10.2.1.2'}", "If-None-Match", "\"1\"")
                .isProblem(400, "If-None-Match");
        site.put("nodes/lb1?meant=yes", "{'address': '10.2.1.2'}").isProblem(400, "meant");
        RawHttp.get(api, "/api/v1/sites", "X-Large: " + "x".repeat(100_000)).isProblem(431);
        site.get("nodes/lb1").isProblem(404);
    }

    @Test
    void aWrongMethodTypeOrPathIsAProblem() {
        api.send("PATCH", site.path(), BodyPublishers.ofString("{}"))
                .isProblem(405, "method")
                .says("PATCH", "GET", "PUT", "DELETE");
        api.post(site.path(), "{}").isProblem(405, "method");
        api.put(site.path(), "{}", "Content-Type", "text/plain").isProblem(415, "Content-Type");
        api.put(site.path(), "{}", "Content-Type", "nonsense").isProblem(415);
        api.get(site.path(), "Accept", "image/png").isProblem(406, "Accept");
        api.get("/api/v1/nothing").isProblem(404, "path");
        api.get("/nothing").isProblem(404, "path");
        api.get("/agent/v1/sites/x/nodes/y/nothing").isProblem(404, "path");
    }
}

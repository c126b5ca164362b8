package dev.holdfast.control.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the server answered. Each expectation returns the answer, so that they chain; each failure
/// shows the whole of it.
///
/// @param request such as `GET /api/v1/sites`
public record Answer(String request, int status, HttpHeaders headers, String body) {

    private static final JsonMapper JSON = new JsonMapper();

    public Answer is(int expected) {
        assertThat(status).as("status of %s", this).isEqualTo(expected);
        return this;
    }

    /// @param revision without quotes
    public Answer hasEtag(long revision) {
        assertThat(header("ETag")).as("ETag of %s", this).isEqualTo("\"" + revision + "\"");
        return this;
    }

    /// @param pointer such as `/ports/0/port`
    /// @param expected its text, or null when the member must not be there
    public Answer has(String pointer, Object expected) {
        assertThat(at(pointer)).as("%s of %s", pointer, this).isEqualTo(expected.toString());
        return this;
    }

    public Answer hasNo(String pointer) {
        assertThat(json().at(pointer).isMissingNode()).as("no %s in %s", pointer, this).isTrue();
        return this;
    }

    /// A problem as RFC 9457 wants it, in our form: with a sentence to read.
    public Answer isProblem(int expected) {
        is(expected);
        assertThat(header("Content-Type"))
                .as("Content-Type of %s", this)
                .startsWith("application/problem+json");
        has("/status", expected);
        assertThat(at("/title")).as("title of %s", this).isNotEmpty();
        assertThat(at("/detail")).as("detail of %s", this).isNotEmpty();
        return this;
    }

    /// A problem that names the field, what was found and what was expected.
    public Answer isProblem(int expected, String field) {
        isProblem(expected).has("/field", field);
        assertThat(json().has("found") && json().has("expected"))
                .as("found and expected in %s", this)
                .isTrue();
        return this;
    }

    /// A problem whose sentence holds these words.
    public Answer says(String... words) {
        assertThat(at("/detail")).as("detail of %s", this).contains(words);
        return this;
    }

    /// A redirect.
    ///
    /// @param path what its `Location` ends with
    public Answer leadsTo(String path) {
        assertThat(status).as("status of %s", this).isIn(302, 303);
        assertThat(header("Location")).as("Location of %s", this).endsWith(path);
        return this;
    }

    /// A page for people that holds these words, as they stand in its source.
    public Answer shows(String... words) {
        assertThat(header("Content-Type")).as("Content-Type of %s", this).startsWith("text/html");
        assertThat(body).as("body of %s", this).contains(words);
        return this;
    }

    public long etag() {
        return Long.parseLong(header("ETag").replace("\"", ""));
    }

    /// The header's value, or an empty text.
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /// The text of a scalar member; JSON of any other.
    public String at(String pointer) {
        JsonNode node = json().at(pointer);
        return node.isValueNode() ? node.asString() : node.toString();
    }

    /// The texts of a member of every item of a list.
    public List<String> each(String pointer) {
        return json().at("/items").valueStream().map(n -> n.at(pointer).asString()).toList();
    }

    public JsonNode json() {
        return JSON.readTree(body);
    }

    @Override
    public String toString() {
        return request + " -> " + status + " " + headers.map() + "\n" + body;
    }
}

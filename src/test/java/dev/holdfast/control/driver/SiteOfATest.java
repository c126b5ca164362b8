package dev.holdfast.control.driver;

/// One site, and paths below it: `nodes/lb1`.
public record SiteOfATest(Api api, String name) {

    /// The path of the site itself.
    public String path() {
        return "/api/v1/sites/" + name;
    }

    public String path(String below) {
        return path() + "/" + below;
    }

    public Answer get(String below, String... headers) {
        return api.get(path(below), headers);
    }

    public Answer put(String below, String json, String... headers) {
        return api.put(path(below), json, headers);
    }

    public Answer post(String below, String json, String... headers) {
        return api.post(path(below), json, headers);
    }

    public Answer delete(String below, String... headers) {
        return api.delete(path(below), headers);
    }
}

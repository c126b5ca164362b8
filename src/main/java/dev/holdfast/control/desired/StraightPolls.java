package dev.holdfast.control.desired;

import dev.holdfast.control.access.AgentTokens;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.web.Problems;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/// Answers agents' polls without the way through servlets, filters and Spring: with a thousand
/// agents that way was most of the work of a change.
///
/// Only what is plainly right is answered here: an agent's own token, its own path, parameters that
/// need no decoding. All else goes the usual way, where it is refused in the usual words.
@Component
class StraightPolls implements WebServerFactoryCustomizer<JettyServletWebServerFactory> {

    private static final Pattern PATH =
            Pattern.compile(
                    "(/agent/v1/sites/([a-z0-9-]{1,63})/(nodes|hosts)/([a-z0-9-]{1,63})/)"
                            + "desired-state");
    private static final Pattern PARAMETER = Pattern.compile("(after|epoch|wait)=([A-Za-z0-9-]+)");
    private static final String BEARER = "Bearer ";

    private final LongPoll poll;
    private final AgentTokens tokens;
    private final Problems problems;

    StraightPolls(LongPoll poll, AgentTokens tokens, Problems problems) {
        this.poll = poll;
        this.tokens = tokens;
        this.problems = problems;
    }

    @Override
    public void customize(JettyServletWebServerFactory factory) {
        factory.addServerCustomizers(server -> server.insertHandler(new Before()));
    }

    private final class Before extends Handler.Wrapper {

        @Override
        public boolean handle(Request request, Response response, Callback callback)
                throws Exception {
            Matcher path = PATH.matcher(request.getHttpURI().getPath());
            if (path.matches() && HttpMethod.GET.is(request.getMethod())) {
                Optional<Question> question = question(request.getHttpURI().getQuery());
                if (question.isPresent() && isItsOwn(request, group(path, 1))) {
                    Reply reply = new JettyReply(request, response, callback, problems);
                    ask(path, question.get(), reply);
                    return true;
                }
            }
            return super.handle(request, response, callback);
        }
    }

    private void ask(Matcher path, Question question, Reply reply) {
        String site = group(path, 2);
        String name = group(path, 4);
        if (group(path, 3).equals("nodes")) {
            poll.node(site, name, question, reply);
        } else {
            poll.host(site, name, question, reply);
        }
    }

    private static Optional<Question> question(@Nullable String query) {
        Map<String, String> values = new HashMap<>();
        for (String part : query == null ? new String[0] : query.split("&", -1)) {
            Matcher parameter = PARAMETER.matcher(part);
            if (!parameter.matches()
                    || values.put(group(parameter, 1), group(parameter, 2)) != null) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(
                    Question.parse(values.get("after"), values.get("epoch"), values.get("wait")));
        } catch (Refusal _) {
            return Optional.empty();
        }
    }

    private boolean isItsOwn(Request request, String path) {
        String credentials = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        try {
            return credentials != null
                    && credentials.startsWith(BEARER)
                    && tokens.opens(credentials.substring(BEARER.length()), path);
        } catch (DataAccessException | TransactionException _) {
            return false; // the usual way meets the same, and says so
        }
    }

    /// A group that every match has.
    private static String group(Matcher match, int number) {
        return Objects.requireNonNull(match.group(number));
    }
}

package dev.holdfast.control.change;

import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.web.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// All paths that a change set may write to.
@Component
class ChangePaths {

    /// A path that was found, with the names that stand in it.
    record Match(ChangePath<?> at, List<String> names) {}

    private final List<ChangePath<?>> all;

    ChangePaths(List<ChangePath<?>> all) {
        this.all = all.stream().sorted(Comparator.comparing(ChangePath::pattern)).toList();
    }

    /// @param path without a slash before it
    /// @throws Refusal (400) when a name in it is none
    Optional<Match> find(String path) {
        String[] parts = path.split("/", -1);
        for (ChangePath<?> candidate : all) {
            String[] pattern = candidate.pattern().split("/", -1);
            if (fits(pattern, parts)) {
                return Optional.of(new Match(candidate, names(pattern, parts)));
            }
        }
        return Optional.empty();
    }

    /// All of them, for people.
    String words() {
        return all.stream().map(path -> "/" + path.pattern()).collect(Collectors.joining(", "));
    }

    private static boolean fits(String[] pattern, String[] parts) {
        if (pattern.length != parts.length) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!isName(pattern[i]) && !pattern[i].equals(parts[i])) {
                return false;
            }
        }
        return true;
    }

    private static List<String> names(String[] pattern, String[] parts) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            if (isName(pattern[i])) {
                names.add(new Name(parts[i]).text());
            }
        }
        return names;
    }

    private static boolean isName(String part) {
        return part.startsWith("{");
    }
}

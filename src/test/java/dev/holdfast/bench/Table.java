package dev.holdfast.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A Markdown table with a caption.
public final class Table {

    private final String caption;
    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String caption, String... header) {
        this.caption = caption;
        this.header = List.of(header);
    }

    public void row(Object... cells) {
        if (cells.length != header.size()) {
            throw new IllegalArgumentException(
                    "cells: " + cells.length + " (expected: " + header.size() + ")");
        }
        rows.add(Arrays.stream(cells).map(Table::cell).toList());
    }

    public String markdown() {
        StringBuilder text = new StringBuilder("### ").append(caption).append("\n\n");
        line(text, header);
        line(text, header.stream().map(name -> name.equals(header.getFirst()) ? "---" : "--:"));
        rows.forEach(row -> line(text, row));
        return text.toString();
    }

    private static void line(StringBuilder text, java.util.stream.Stream<String> cells) {
        line(text, cells.toList());
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /// Three digits that count, since no more of them come again in the next run.
    private static String cell(Object value) {
        return switch (value) {
            case Double number when number < 10 -> "%.2f".formatted(number);
            case Double number when number < 100 -> "%.1f".formatted(number);
            case Double number -> "%,.0f".formatted(number);
            case Long number -> "%,d".formatted(number);
            case Integer number -> "%,d".formatted(number);
            default -> value.toString();
        };
    }
}

package dev.holdfast.agent.filter;

import java.util.List;

/// No filter at all, for a site that has one of its own.
record NoEngine() implements Engine {
    @Override
    public boolean isInstalled() {
        return true;
    }

    @Override
    public String place() {
        return "none";
    }

    @Override
    public Listing read() {
        return Listing.EMPTY;
    }

    @Override
    public Wish wish(FilterRules rules) {
        return new Wish("none", List.of());
    }

    @Override
    public void apply(FilterRules rules, Listing untouched) {}

    @Override
    public void remove() {}
}

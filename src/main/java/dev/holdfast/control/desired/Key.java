package dev.holdfast.control.desired;

import dev.holdfast.control.revision.Kind;

/// A resource by kind and name. The site's own part has the empty name.
record Key(Kind kind, String name) {

    static final Key SITE = new Key(Kind.SITE, "");
}

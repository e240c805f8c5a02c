package dev.clew.json;

import tools.jackson.core.JsonParser;

/** A shape whose values may be permitted ones of a sealed type, and are then objects with a discriminator. */
interface Tagged {
    /** Reads the members that are left of an object whose discriminator was read; ends at the object's end. */
    Object readMembers(JsonParser in);
}

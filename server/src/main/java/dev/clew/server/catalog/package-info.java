/** The workflows that are served, as assistants. */
@NullMarked
package dev.clew.server.catalog;

import org.jspecify.annotations.NullMarked;

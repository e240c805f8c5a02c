/** What happens in runs, in one order, for any number of readers. */
@NullMarked
package dev.clew.server.feed;

import org.jspecify.annotations.NullMarked;

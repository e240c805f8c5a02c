/** Workflows behind an HTTP endpoint of one's own. */
@NullMarked
package dev.clew.samples.rest;

import org.jspecify.annotations.NullMarked;

/** What a server costs over HTTP, beside servers of others. */
@NullMarked
package dev.clew.benchmarks.http;

import org.jspecify.annotations.NullMarked;

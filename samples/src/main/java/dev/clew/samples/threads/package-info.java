/** A client for the threads of any database: it needs the file, and none of the programs that wrote it. */
@NullMarked
package dev.clew.samples.threads;

import org.jspecify.annotations.NullMarked;

/** LangGraph's protocol over HTTP: requests, streams and what servers answer. */
@NullMarked
package dev.clew.client.wire;

import org.jspecify.annotations.NullMarked;

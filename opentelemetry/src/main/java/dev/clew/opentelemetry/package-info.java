/** Runs as traces and metrics of OpenTelemetry. */
@NullMarked
package dev.clew.opentelemetry;

import org.jspecify.annotations.NullMarked;

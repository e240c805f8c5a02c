/** Webhooks: what is told to addresses that the operator named. */
@NullMarked
package dev.clew.server.webhook;

import org.jspecify.annotations.NullMarked;

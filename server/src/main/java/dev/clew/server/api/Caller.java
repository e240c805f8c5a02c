package dev.clew.server.api;

import dev.clew.server.auth.Decision;
import dev.clew.server.auth.Principal;

/** Who asks, and what was decided of what they may do. */
record Caller(Principal who, Decision decision) {}

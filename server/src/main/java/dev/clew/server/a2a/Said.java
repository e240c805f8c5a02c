package dev.clew.server.a2a;

import java.util.List;

/**
 * A message of a task.
 *
 * @param id what its sender calls it
 * @param isOfUser whether the user sent it; else the agent did
 */
public record Said(String id, boolean isOfUser, List<Part> parts) {
    public Said {
        parts = List.copyOf(parts);
    }
}

package dev.clew.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

record Node(String name, List<Node> children, @Nullable Node next) {}

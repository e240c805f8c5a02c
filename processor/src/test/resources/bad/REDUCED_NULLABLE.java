package com.acme;

import dev.clew.annotations.*;
import java.util.List;
import org.jspecify.annotations.Nullable;

@State
record Notes(@Append @Nullable List<String> lines, @Nullable String title) {} // CLEW238

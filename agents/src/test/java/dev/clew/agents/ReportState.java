package dev.clew.agents;

import dev.clew.annotations.State;
import dev.clew.messages.Message;
import dev.clew.messages.Messages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of {@link Report}. */
@State
record ReportState(
        @Messages List<Message> messages,
        Report.@Nullable Plan plan,
        @Nullable String done) {}

package dev.clew.server.a2a;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a message asks for. */
public enum A2aMethod {
    /** Sends a message, and waits. */
    SEND,
    /** Sends a message, and streams. */
    STREAM,
    GET,
    LIST,
    CANCEL,
    /** Streams a task that a message began before. */
    SUBSCRIBE,
    /** Has to do with notifications by push, which there are not. */
    PUSH,
    /** Asks for a card that only some may see, which there is not. */
    EXTENDED_CARD;

    /**
     * A name of a method.
     *
     * @param dialect the version whose name it is
     */
    record Named(A2aMethod method, Dialect dialect) {}

    private static final Map<String, Named> NAMES = names();

    private static Map<String, Named> names() {
        Map<String, Named> names = new LinkedHashMap<>();
        SEND.named(names, "message/send", "SendMessage");
        STREAM.named(names, "message/stream", "SendStreamingMessage");
        GET.named(names, "tasks/get", "GetTask");
        LIST.named(names, "tasks/list", "ListTasks");
        CANCEL.named(names, "tasks/cancel", "CancelTask");
        SUBSCRIBE.named(names, "tasks/resubscribe", "SubscribeToTask");
        PUSH.named(names, "tasks/pushNotificationConfig/set", "CreateTaskPushNotificationConfig");
        PUSH.named(names, "tasks/pushNotificationConfig/get", "GetTaskPushNotificationConfig");
        PUSH.named(names, "tasks/pushNotificationConfig/list", "ListTaskPushNotificationConfigs");
        PUSH.named(names, "tasks/pushNotificationConfig/delete", "DeleteTaskPushNotificationConfig");
        EXTENDED_CARD.named(names, "agent/getAuthenticatedExtendedCard", "GetExtendedAgentCard");
        return names;
    }

    private void named(Map<String, Named> names, String old, String present) {
        names.put(old, new Named(this, Dialect.V03));
        names.put(present, new Named(this, Dialect.V10));
    }

    /** The method of a name; null if there is none. */
    static @Nullable Named find(String name) {
        return NAMES.get(name);
    }
}

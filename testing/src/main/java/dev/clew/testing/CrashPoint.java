package dev.clew.testing;

/**
 * Where a process may crash. A crash strikes once: what runs after it is not struck again. A task is named by its name, and so is
 * a tool of an agent.
 *
 * <pre>{@code
 * lab.crashAt(CrashPoint.after("compose"));
 * }</pre>
 */
public sealed interface CrashPoint {
    /** As an attempt of the task with this name would begin: nothing of it has happened. */
    record BeforeTask(String task) implements CrashPoint {
        @Override
        public String toString() {
            return "before task '" + task + "'";
        }
    }

    /**
     * After the code of the task with this name has run, and before that is stored: the task will run again. Of one that must
     * happen only {@code ONCE} the outcome is unknown then: it is reconciled, or a person is asked.
     */
    record WithinTask(String task) implements CrashPoint {
        @Override
        public String toString() {
            return "after the code of task '" + task + "' and before its outcome was stored";
        }
    }

    /** As soon as an outcome of the task with this name is stored: the task will not run again. */
    record AfterTask(String task) implements CrashPoint {
        @Override
        public String toString() {
            return "after the outcome of task '" + task + "' was stored";
        }
    }

    /** Before the n-th write of the test, counted from 1, is stored. */
    record BeforeWrite(int write) implements CrashPoint {
        @Override
        public String toString() {
            return "before write " + write;
        }
    }

    /** After the n-th write of the test, counted from 1, is stored, and before anybody knows. */
    record AfterWrite(int write) implements CrashPoint {
        @Override
        public String toString() {
            return "after write " + write;
        }
    }

    /** As an attempt of this task would begin. */
    static CrashPoint before(String task) {
        return new BeforeTask(task);
    }

    /** When this task has done its work, but nobody has noted it. */
    static CrashPoint within(String task) {
        return new WithinTask(task);
    }

    /** When this task's outcome is stored. */
    static CrashPoint after(String task) {
        return new AfterTask(task);
    }

    /** When the n-th write of the test, counted from 1, is stored. */
    static CrashPoint afterWrite(int write) {
        return new AfterWrite(write);
    }

    /** When the n-th write of the test, counted from 1, would be stored. */
    static CrashPoint beforeWrite(int write) {
        return new BeforeWrite(write);
    }
}

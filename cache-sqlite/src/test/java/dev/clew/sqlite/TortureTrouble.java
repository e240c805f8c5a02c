package dev.clew.sqlite;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What goes wrong inside of one process: the disk is full, the file cannot be written, the clock by which leases are
 * judged jumps. A connection whose commit failed is given up, and the next one is sound.
 */
final class TortureTrouble {
    private static final long FARTHEST_JUMP_MILLIS = 3 * TortureProcess.LEASE.toMillis();

    private final AtomicLong jump = new AtomicLong();

    /** The system's clock, but for its jumps. */
    Clock clock() {
        return new Jumping(Clock.systemUTC(), jump);
    }

    /** Makes trouble for this database from now on, until the process ends. */
    void make(Sqlite db, Random random) {
        Thread maker = new Thread(() -> {
            while (true) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(1_000)));
                switch (random.nextInt(4)) {
                    case 0 -> spoil(db, "PRAGMA query_only = ON");
                    case 1 -> spoil(db, "PRAGMA max_page_count = 1"); // as many as there are
                    case 2 -> jump.set(random.nextLong(2 * FARTHEST_JUMP_MILLIS) - FARTHEST_JUMP_MILLIS);
                    default -> jump.set(0);
                }
            }
        });
        maker.setDaemon(true);
        maker.start();
    }

    private static void spoil(Sqlite db, String pragma) {
        db.writer().submit(new Request<>(Request.Kind.overtaking(1), session -> {
            session.execute(pragma);
            return true;
        }));
    }

    private static final class Jumping extends Clock {
        private final Clock sound;
        private final AtomicLong jump;

        Jumping(Clock sound, AtomicLong jump) {
            this.sound = sound;
            this.jump = jump;
        }

        @Override
        public Instant instant() {
            return sound.instant().plusMillis(jump.get());
        }

        @Override
        public ZoneId getZone() {
            return sound.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return new Jumping(sound.withZone(zone), jump);
        }
    }
}

package dev.clew.annotations;

/**
 * What becomes of a run whose body has failed.
 *
 * <pre>{@code
 * @Entrypoint(onFailure = OnFailure.UNDO)
 * Journey plan(Trip trip, TripsTasks tasks) {
 *     Flight flight = tasks.bookFlight(trip).join();
 *     return new Journey(flight, tasks.bookHotel(trip).join());
 * }
 * }</pre>
 */
public enum OnFailure {
    /** It is FAILED: {@code Command.proceed()} continues it, {@code Command.undo()} undoes it. */
    KEEP,

    /**
     * What it has done is undone at once, and the run is UNDONE. Only if its body threw and no retry is left: a mismatch, a limit of
     * steps, the storage or a crash leave it to be continued. Callers get the failure once everything is undone.
     */
    UNDO
}

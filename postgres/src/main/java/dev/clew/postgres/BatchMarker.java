package dev.clew.postgres;

/**
 * A batch's number in the row of its writer. If the answer to a batch is lost, the row says whether it was stored; and once
 * another number stands there, the old statement stores nothing any more, even if it is still under way.
 *
 * @param owner the process
 * @param writer which of its writers
 * @param before the number of the batch that it follows on; 0 for none
 * @param batch its own, which no other batch of this writer has
 */
record BatchMarker(String owner, int writer, long before, long batch) {}

package dev.clew.annotations;

/**
 * Gives ids to what an update brings, see {@link Reducer#prepare}. An id is made of what the update comes from, so that the same
 * update of the same step always gets the same ids, and no other one gets them.
 *
 * <pre>{@code
 * Note prepared = note.id() == null ? note.withId(ids.id(index)) : note;
 * }</pre>
 */
public interface IdSource {
    /**
     * Returns the id for one element of the update.
     *
     * @param index which element, from 0
     * @return the id
     */
    String id(int index);

    /**
     * Returns the id for something that only this attempt of the step made, so that another attempt makes another one. The first
     * is the id of the message whose pieces the attempt has emitted.
     *
     * @param index which of these, from 0
     * @return the id
     */
    String idOfAttempt(int index);
}

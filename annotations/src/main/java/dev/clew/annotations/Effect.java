package dev.clew.annotations;

/**
 * What happens outside the program when a task is executed, and so what may be done when nobody knows whether it was.
 *
 * <pre>{@code
 * @Task(effect = Effect.ONCE, reconcile = "found", notDone = Declined.class)
 * Receipt pay(Invoice invoice, TaskContext context) throws IOException, Declined {
 *     return bank.pay(invoice, context.effectId());
 * }
 *
 * Optional<Receipt> found(Invoice invoice, TaskContext context) throws IOException {
 *     return bank.find(context.effectId());
 * }
 * }</pre>
 */
public enum Effect {
    /** It may be executed again if its outcome was not stored: it reads, or the outside world takes it twice as once. */
    REPEATABLE,

    /**
     * It must not happen twice. That its body begins is durable, with everything that led to it, before the body's first line, in
     * every durability; what it returned is durable before its future completes.
     *
     * <p>If the process ends, the body times out or throws, its outcome is <em>unknown</em>, unless the failure is one of those
     * that say that nothing was done. Then {@code reconcile} is asked, and if it cannot tell, or there is none, a person. <strong>The
     * body is begun again only after {@code reconcile} found nothing once {@code settle} had passed, or after a person's
     * word.</strong>
     */
    ONCE
}

package dev.clew.testing;

import dev.clew.engine.world.Witness;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Hands on what the engines of one process tell. */
final class LabWitness implements Witness {
    private final Rest rest;
    private final Findings findings;
    private final Calls calls;
    private final List<Runnable> opened;

    /** @param opened collects the handles that drop the graphs of the process */
    LabWitness(Rest rest, Findings findings, Calls calls, List<Runnable> opened) {
        this.rest = rest;
        this.findings = findings;
        this.calls = calls;
        this.opened = opened;
    }

    @Override
    public void opened(Runnable crash) {
        opened.add(crash);
    }

    @Override
    public void entered() {
        rest.begins();
    }

    @Override
    public void left() {
        rest.ends();
    }

    @Override
    public void awaited(CompletableFuture<?> result) {
        rest.awaits(result);
    }

    @Override
    public void blocked() {
        rest.ends();
    }

    @Override
    public void unblocked() {
        rest.begins();
    }

    @Override
    public void called(Call call) {
        calls.add(call);
    }

    @Override
    public boolean examines() {
        return true;
    }

    @Override
    public void found(String finding) {
        findings.add(finding);
    }

    @Override
    public void swallowed(String where) {
        findings.add(
                "Swallowed interrupt: the code of " + where + " caught the signal that unwinds it for a pause, and"
                        + " went on. Do not catch Throwable or Error around durable calls; catch the exceptions that you mean.");
    }

    @Override
    public void unjoined(String where, List<String> paths) {
        findings.add(
                "Un-awaited task: " + where + " returned without joining " + String.join(", ", paths)
                        + ". Its result is lost, and its failure comes where nobody expects it. Join the future, or cancel it.");
    }
}

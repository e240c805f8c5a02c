package dev.clew.postgres;

import dev.clew.contracts.engine.AnswerCheckSuite;
import dev.clew.contracts.engine.AnswerSchemaSuite;
import dev.clew.contracts.engine.AnswerTypesSuite;
import dev.clew.contracts.engine.BrokenThreadSuite;
import dev.clew.contracts.engine.CacheDamageSuite;
import dev.clew.contracts.engine.CacheSuite;
import dev.clew.contracts.engine.CancellationSuite;
import dev.clew.contracts.engine.ChangedQuestionSuite;
import dev.clew.contracts.engine.ChildMemorySuite;
import dev.clew.contracts.engine.ChildrenSuite;
import dev.clew.contracts.engine.ClassLoaderSuite;
import dev.clew.contracts.engine.ClosingSuite;
import dev.clew.contracts.engine.CommandTableSuite;
import dev.clew.contracts.engine.ConcurrencySuite;
import dev.clew.contracts.engine.ContextSuite;
import dev.clew.contracts.engine.CrossingSuite;
import dev.clew.contracts.engine.DetachedSuite;
import dev.clew.contracts.engine.DeterministicSourcesSuite;
import dev.clew.contracts.engine.EffectCrossingSuite;
import dev.clew.contracts.engine.EffectSettlingSuite;
import dev.clew.contracts.engine.EffectSuite;
import dev.clew.contracts.engine.EffectZombieSuite;
import dev.clew.contracts.engine.EncryptedMetadataSuite;
import dev.clew.contracts.engine.EngineErrorSuite;
import dev.clew.contracts.engine.ErasureSuite;
import dev.clew.contracts.engine.FailuresSuite;
import dev.clew.contracts.engine.FlightSuite;
import dev.clew.contracts.engine.ForeverSuite;
import dev.clew.contracts.engine.FormerNamesSuite;
import dev.clew.contracts.engine.FuturesSuite;
import dev.clew.contracts.engine.HistorySuite;
import dev.clew.contracts.engine.IdentitySuite;
import dev.clew.contracts.engine.InterruptSuite;
import dev.clew.contracts.engine.KeptArgumentsSuite;
import dev.clew.contracts.engine.ListenerSuite;
import dev.clew.contracts.engine.ListingSuite;
import dev.clew.contracts.engine.NestedInvokeSuite;
import dev.clew.contracts.engine.NewAttemptSuite;
import dev.clew.contracts.engine.NonDeterminismSuite;
import dev.clew.contracts.engine.NotesSuite;
import dev.clew.contracts.engine.OnceSuite;
import dev.clew.contracts.engine.OperatorSuite;
import dev.clew.contracts.engine.PendingSuite;
import dev.clew.contracts.engine.PreviousSuite;
import dev.clew.contracts.engine.ProceedSuite;
import dev.clew.contracts.engine.ReadBackSuite;
import dev.clew.contracts.engine.RetrySuite;
import dev.clew.contracts.engine.RunCancellationSuite;
import dev.clew.contracts.engine.RunawaySuite;
import dev.clew.contracts.engine.RunningAnswerSuite;
import dev.clew.contracts.engine.SleepsSuite;
import dev.clew.contracts.engine.StepLimitSuite;
import dev.clew.contracts.engine.StepTimesSuite;
import dev.clew.contracts.engine.StoreSuite;
import dev.clew.contracts.engine.StreamModesSuite;
import dev.clew.contracts.engine.StreamReadersSuite;
import dev.clew.contracts.engine.StreamReplaySuite;
import dev.clew.contracts.engine.StreamSuite;
import dev.clew.contracts.engine.SuspensionSuite;
import dev.clew.contracts.engine.TapSuite;
import dev.clew.contracts.engine.TimeTravelSuite;
import dev.clew.contracts.engine.TimeoutSuite;
import dev.clew.contracts.engine.TimersSuite;
import dev.clew.contracts.engine.UndoCrashSuite;
import dev.clew.contracts.engine.UndoCrossingSuite;
import dev.clew.contracts.engine.UndoDeploySuite;
import dev.clew.contracts.engine.UndoSuite;
import dev.clew.contracts.engine.UpdateStateSuite;
import dev.clew.contracts.engine.ValueEvolutionSuite;
import dev.clew.contracts.engine.ValuesSuite;
import dev.clew.contracts.engine.VerifyCrossingSuite;
import dev.clew.contracts.engine.VerifySuite;
import dev.clew.contracts.engine.WatchSuite;
import dev.clew.contracts.graph.GraphOrderSuite;
import dev.clew.contracts.graph.GraphStatusSuite;
import dev.clew.contracts.graph.InnerEditSuite;
import dev.clew.contracts.graph.MessagesSuite;
import dev.clew.contracts.graph.NodeEffectSuite;
import dev.clew.contracts.graph.NodeUndoSuite;
import dev.clew.contracts.graph.RandomChainSuite;
import dev.clew.contracts.graph.StateChainSuite;
import dev.clew.contracts.graph.StateEvolutionSuite;
import dev.clew.contracts.graph.VerifyGraphSuite;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The suites that take too long for every build: with {@code -Pnightly}. {@link PostgresContractsTest} sees that all are listed. */
@Execution(ExecutionMode.CONCURRENT)
@EnabledIfSystemProperty(named = "clew.nightly", matches = "true")
final class PostgresNightlyContractsTest {
    @Nested
    final class AnswerCheck extends AnswerCheckSuite implements OnPostgres {}

    @Nested
    final class AnswerSchema extends AnswerSchemaSuite implements OnPostgres {}

    @Nested
    final class AnswerTypes extends AnswerTypesSuite implements OnPostgres {}

    @Nested
    final class BrokenThread extends BrokenThreadSuite implements OnPostgres {}

    @Nested
    final class Cache extends CacheSuite implements OnPostgres {}

    @Nested
    final class CacheDamage extends CacheDamageSuite implements OnPostgres {}

    @Nested
    final class Cancellation extends CancellationSuite implements OnPostgres {}

    @Nested
    final class ChangedQuestion extends ChangedQuestionSuite implements OnPostgres {}

    @Nested
    final class ChildMemory extends ChildMemorySuite implements OnPostgres {}

    @Nested
    final class Children extends ChildrenSuite implements OnPostgres {}

    @Nested
    final class ClassLoader extends ClassLoaderSuite implements OnPostgres {}

    @Nested
    final class Closing extends ClosingSuite implements OnPostgres {}

    @Nested
    final class CommandTable extends CommandTableSuite implements OnPostgres {}

    @Nested
    final class Concurrency extends ConcurrencySuite implements OnPostgres {}

    @Nested
    final class Context extends ContextSuite implements OnPostgres {}

    @Nested
    final class Crossing extends CrossingSuite implements OnPostgres {}

    @Nested
    final class Detached extends DetachedSuite implements OnPostgres {}

    @Nested
    final class DeterministicSources extends DeterministicSourcesSuite implements OnPostgres {}

    @Nested
    final class EncryptedMetadata extends EncryptedMetadataSuite implements OnPostgres {}

    @Nested
    final class EngineError extends EngineErrorSuite implements OnPostgres {}

    @Nested
    final class Failures extends FailuresSuite implements OnPostgres {}

    @Nested
    final class Flight extends FlightSuite implements OnPostgres {}

    @Nested
    final class Forever extends ForeverSuite implements OnPostgres {}

    @Nested
    final class FormerNames extends FormerNamesSuite implements OnPostgres {}

    @Nested
    final class Futures extends FuturesSuite implements OnPostgres {}

    @Nested
    final class History extends HistorySuite implements OnPostgres {}

    @Nested
    final class Identity extends IdentitySuite implements OnPostgres {}

    @Nested
    final class Interrupt extends InterruptSuite implements OnPostgres {}

    @Nested
    final class KeptArguments extends KeptArgumentsSuite implements OnPostgres {}

    @Nested
    final class Listener extends ListenerSuite implements OnPostgres {}

    @Nested
    final class Listing extends ListingSuite implements OnPostgres {}

    @Nested
    final class NestedInvoke extends NestedInvokeSuite implements OnPostgres {}

    @Nested
    final class NewAttempt extends NewAttemptSuite implements OnPostgres {}

    @Nested
    final class NonDeterminism extends NonDeterminismSuite implements OnPostgres {}

    @Nested
    final class Undos extends UndoSuite implements OnPostgres {}

    @Nested
    final class UndoCrashes extends UndoCrashSuite implements OnPostgres {}

    @Nested
    final class UndoDeploys extends UndoDeploySuite implements OnPostgres {}

    @Nested
    final class UndoCrossings extends UndoCrossingSuite implements OnPostgres {}

    @Nested
    final class Effects extends EffectSuite implements OnPostgres {}

    @Nested
    final class VerifyCrossings extends VerifyCrossingSuite implements OnPostgres {}

    @Nested
    final class VerifyGraphs extends VerifyGraphSuite implements OnPostgres {}

    @Nested
    final class Verifies extends VerifySuite implements OnPostgres {}

    @Nested
    final class EffectZombies extends EffectZombieSuite implements OnPostgres {}

    @Nested
    final class EffectCrossings extends EffectCrossingSuite implements OnPostgres {}

    @Nested
    final class EffectSettling extends EffectSettlingSuite implements OnPostgres {}

    @Nested
    final class NodeEffects extends NodeEffectSuite implements OnPostgres {}

    @Nested
    final class NodeUndos extends NodeUndoSuite implements OnPostgres {}

    @Nested
    final class Erasures extends ErasureSuite implements OnPostgres {}

    @Nested
    final class Notes extends NotesSuite implements OnPostgres {}

    @Nested
    final class Once extends OnceSuite implements OnPostgres {}

    @Nested
    final class Operator extends OperatorSuite implements OnPostgres {}

    @Nested
    final class Pending extends PendingSuite implements OnPostgres {}

    @Nested
    final class Previous extends PreviousSuite implements OnPostgres {}

    @Nested
    final class Proceed extends ProceedSuite implements OnPostgres {}

    @Nested
    final class ReadBack extends ReadBackSuite implements OnPostgres {}

    @Nested
    final class Retry extends RetrySuite implements OnPostgres {}

    @Nested
    final class RunCancellation extends RunCancellationSuite implements OnPostgres {}

    @Nested
    final class Runaway extends RunawaySuite implements OnPostgres {}

    @Nested
    final class RunningAnswer extends RunningAnswerSuite implements OnPostgres {}

    @Nested
    final class Sleeps extends SleepsSuite implements OnPostgres {}

    @Nested
    final class StepLimit extends StepLimitSuite implements OnPostgres {}

    @Nested
    final class StepTimes extends StepTimesSuite implements OnPostgres {}

    @Nested
    final class Store extends StoreSuite implements OnPostgres {}

    @Nested
    final class Stream extends StreamSuite implements OnPostgres {}

    @Nested
    final class StreamModes extends StreamModesSuite implements OnPostgres {}

    @Nested
    final class StreamReaders extends StreamReadersSuite implements OnPostgres {}

    @Nested
    final class StreamReplay extends StreamReplaySuite implements OnPostgres {}

    @Nested
    final class Suspension extends SuspensionSuite implements OnPostgres {}

    @Nested
    final class TimeTravel extends TimeTravelSuite implements OnPostgres {}

    @Nested
    final class Timeout extends TimeoutSuite implements OnPostgres {}

    @Nested
    final class Timers extends TimersSuite implements OnPostgres {}

    @Nested
    final class UpdateState extends UpdateStateSuite implements OnPostgres {}

    @Nested
    final class ValueEvolution extends ValueEvolutionSuite implements OnPostgres {}

    @Nested
    final class Values extends ValuesSuite implements OnPostgres {}

    @Nested
    final class Taps extends TapSuite implements OnPostgres {}

    @Nested
    final class Watch extends WatchSuite implements OnPostgres {}

    @Nested
    final class InnerEdit extends InnerEditSuite implements OnPostgres {}

    @Nested
    final class GraphStatus extends GraphStatusSuite implements OnPostgres {}

    @Nested
    final class GraphOrder extends GraphOrderSuite implements OnPostgres {}

    @Nested
    final class GraphMessages extends MessagesSuite implements OnPostgres {}

    @Nested
    final class StateChain extends StateChainSuite implements OnPostgres {}

    @Nested
    final class StateEvolution extends StateEvolutionSuite implements OnPostgres {}

    @Nested
    final class RandomChain extends RandomChainSuite implements OnPostgres {}
}

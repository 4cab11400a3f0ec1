package io.foldwise.spark.engine.plan;

import io.foldwise.search.SearchPlan;
import io.foldwise.spark.engine.rows.EngineRows;

/** The choice between the engines, each with its plan. */
record Choice(
    SearchPlan plan, Workload load, MomentsPlan moments, FusedPlan fused, EngineRequest wanted) {

  EnginePlan made(EngineRows.Layout layout) {
    Device device = wanted.device();
    if (wanted.isFor(Engine.SQL) || device.use() == Device.Use.GPU) {
      SqlPlan.requireFlat(layout);
      boolean onCpu = device.use() == Device.Use.CPU;
      EnginePlan sql = sql(onCpu ? Processor.CPU : Processor.GPU).chosen(loss() + ", asked for");
      return onCpu ? explained(sql) : sql.because("on the GPU");
    }
    EnginePlan onCpu = onCpu();
    if (device.use() != Device.Use.EITHER) {
      return explained(onCpu);
    }
    if (Planner.solvesOverRows(plan)) {
      return onCpu.because("on the CPU, where optima are solved for");
    }
    if (layout.sparse()) {
      return onCpu.because("on the CPU, as features are vectors");
    }
    return wanted.engine().isEmpty() && wanted.movement().isEmpty()
        ? onCpu.because("on the CPU, as no GPU has been measured yet: --device gpu takes it")
        : onCpu.because("on the CPU, where what was asked for runs");
  }

  /** Adds why training is on the CPU, unless that was asked for. */
  private EnginePlan explained(EnginePlan onCpu) {
    String why = wanted.device().why();
    return why.isEmpty() ? onCpu : onCpu.because("on the CPU, " + why);
  }

  private SqlPlan sql(Processor device) {
    boolean sums =
        Planner.isSquared(plan)
            && wanted.movement().isEmpty()
            && (Planner.hasExact(plan) || moments.fitsDriver());
    return sums
        ? SqlPlan.ofMoments(load, moments, device)
        : SqlPlan.ofGradients(load, moments, device);
  }

  private String loss() {
    return plan.objective().loss().label() + " loss";
  }

  /** The seconds of the fused engine, with the aggregate that automatic rates ask for. */
  private double fusedSeconds() {
    return fused.seconds() + (fused.takesMoments() ? moments.curvatures() : 0);
  }

  private EnginePlan onCpu() {
    boolean squared = Planner.isSquared(plan);
    boolean onlyFused = wanted.isFor(Engine.FUSED) || wanted.movement().isPresent() || !squared;
    if (onlyFused) {
      return fused.chosen(squared ? "asked for" : loss());
    }
    boolean onlyMoments = wanted.isFor(Engine.MOMENTS) || Planner.hasExact(plan);
    if (onlyMoments || (moments.fits() && moments.seconds() <= fusedSeconds())) {
      return moments.chosen();
    }
    return fused.chosen(
        moments.fits()
            ? "squared loss of %,d terms, whose moments would cost %.0f times as much"
                .formatted(load.terms(), moments.seconds() / fusedSeconds())
            : "squared loss, whose moments would not fit");
  }
}

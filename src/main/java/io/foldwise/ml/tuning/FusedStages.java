package io.foldwise.ml.tuning;

import io.foldwise.ml.SGDEstimator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An estimator as the stages before the one that is tuned, and that one.
 *
 * @param pipeline the pipeline that it is, if it is one
 * @param before the stages before the last, in no grid
 * @param last the estimator that the engine trains
 */
record FusedStages(Optional<Pipeline> pipeline, List<PipelineStage> before, Estimator<?> last) {
  /** Params that decide when an iterative solver stops, which an optimum does not depend on. */
  private static final Set<String> STOPPING = Set.of("maxIter", "tol");

  /**
   * Params of our own estimators that decide which rows all settings descend over, and how dealt.
   */
  private static final Set<String> SHARED = Set.of("featuresCols", "seed");

  /**
   * The stages of an estimator.
   *
   * @throws NotFusedException if it is a pipeline that does not end in an estimator, or a grid sets
   *     what has to be the same for every setting
   */
  static FusedStages of(Estimator<?> estimator, ParamMap[] grid) {
    FusedStages stages = estimator instanceof Pipeline pipeline ? of(pipeline) : alone(estimator);
    if (stages.before.stream().anyMatch(SQLTransformer.class::isInstance)) {
      throw new NotFusedException("an SQLTransformer may look at rows of several folds at once");
    }
    for (ParamMap setting : grid) {
      CollectionConverters.asJava(setting.toSeq()).forEach(stages::require);
    }
    return stages;
  }

  private static FusedStages alone(Estimator<?> estimator) {
    return new FusedStages(Optional.empty(), List.of(), estimator);
  }

  private static FusedStages of(Pipeline pipeline) {
    List<PipelineStage> stages = List.of(pipeline.getStages());
    int end = stages.size() - 1;
    if (end < 0 || !(stages.get(end) instanceof Estimator<?> last)) {
      throw new NotFusedException("the pipeline does not end in an estimator");
    }
    return new FusedStages(Optional.of(pipeline), stages.subList(0, end), last);
  }

  /** Refuses what is not of the last stage, or has to be the same for every setting. */
  private void require(ParamPair<?> pair) {
    String name = pair.param().name();
    if (!pair.param().parent().equals(last.uid())) {
      throw new NotFusedException(
          "the grid sets '%s' of what is not the last stage".formatted(name));
    }
    if (last instanceof SGDEstimator<?> ? SHARED.contains(name) : STOPPING.contains(name)) {
      throw new NotFusedException(
          "the grid sets '%s', which the engine takes to be one for all settings".formatted(name));
    }
  }

  /** The last stage under a setting. */
  Estimator<?> last(ParamMap setting) {
    return (Estimator<?>) last.copy(setting);
  }

  /** The stages up to the first that learns from rows. */
  List<Transformer> leading() {
    return before.stream()
        .takeWhile(stage -> !(stage instanceof Estimator))
        .map(Transformer.class::cast)
        .toList();
  }

  /** Whether a stage before the last learns from rows. */
  boolean learns() {
    return leading().size() < before.size();
  }

  /** The stages from the first that learns on, fitted to rows that the leading ones have seen. */
  List<Transformer> fitted(Dataset<Row> rows) {
    List<Transformer> fitted = new ArrayList<>();
    Dataset<Row> current = rows;
    for (int at = leading().size(); at < before.size(); at++) {
      PipelineStage stage = before.get(at);
      Transformer next =
          stage instanceof Estimator<?> estimator
              ? (Model<?>) estimator.fit(current)
              : (Transformer) stage;
      fitted.add(next);
      if (at < before.size() - 1) {
        current = next.transform(current);
      }
    }
    return fitted;
  }

  static Dataset<Row> transformed(Dataset<Row> rows, List<Transformer> stages) {
    Dataset<Row> current = rows;
    for (Transformer stage : stages) {
      current = stage.transform(current);
    }
    return current;
  }

  /** The model of fitted stages and a last one: MLlib's pipeline model where it is a pipeline. */
  Model<?> model(List<Transformer> fitted, Model<?> ofLast, ParamMap setting) {
    if (pipeline.isEmpty()) {
      return ofLast;
    }
    List<Transformer> all = new ArrayList<>(leading());
    all.addAll(fitted);
    all.add(ofLast);
    Estimator<PipelineModel> parent = pipeline.get().copy(setting);
    return MllibModels.pipeline(parent, all);
  }
}

package io.foldwise.ml;

import io.foldwise.input.InvalidInputException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.sql.SparkSession;

/**
 * A model, and what is made of a dataset's columns before it can read them: where there is such a
 * thing, both are saved as MLlib's {@link PipelineModel} of two stages.
 *
 * @param stage makes the model's features
 */
public record PreparedModel(Optional<SQLTransformer> stage, SGDModel model) {

  /**
   * Loads a model that was saved with or without a stage before it.
   *
   * @throws InvalidInputException if the directory holds neither
   */
  public static PreparedModel load(String path) {
    Optional<String> name =
        new SavedStage(path, PipelineModel.class, SparkSession.active()).className();
    if (name.filter(PipelineModel.class.getName()::equals).isEmpty()) {
      return new PreparedModel(Optional.empty(), SGDModel.load(path));
    }
    Transformer[] stages =
        new SavedStage(path, PipelineModel.class, SparkSession.active())
            .read(() -> PipelineModel.load(path))
            .stages();
    if (stages.length == 2
        && stages[0] instanceof SQLTransformer stage
        && stages[1] instanceof SGDModel model) {
      return new PreparedModel(Optional.of(stage), model);
    }
    throw new InvalidInputException(
        "'model' (%s) holds a pipeline of other stages than a run of Foldwise saves, %s: load it with PipelineModel"
            .formatted(
                path,
                String.join(
                    ", ",
                    Arrays.stream(stages).map(one -> one.getClass().getSimpleName()).toList())));
  }

  /** Saves it as a new directory. */
  public void save(String path) throws IOException {
    if (stage.isEmpty()) {
      model.write().save(path);
      return;
    }
    List<Transformer> stages = List.of(stage.get(), (Transformer) model);
    new PipelineModel(Identifiable$.MODULE$.randomUID("pipeline"), stages).write().save(path);
  }
}

package io.foldwise.ml;

import io.foldwise.learn.LinearModel;
import io.foldwise.learn.Loss;
import java.io.Serializable;
import java.util.Objects;

/**
 * What a saved model knows of its training.
 *
 * @param function in the data's units; of decision values where the loss is binary
 * @param loss that was minimised
 * @param positive the value of the label that counted as 1, empty where labels were not mapped
 */
public record TrainedFunction(LinearModel function, Loss loss, String positive)
    implements Serializable {
  public TrainedFunction {
    Objects.requireNonNull(function);
    Objects.requireNonNull(loss);
    Objects.requireNonNull(positive);
  }
}

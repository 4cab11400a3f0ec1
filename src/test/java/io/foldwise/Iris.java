package io.foldwise;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.search.SearchResult;
import io.foldwise.spark.engine.plan.Device;
import io.foldwise.spark.engine.plan.EngineRequest;
import io.foldwise.spark.engine.plan.Movement;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Searches over the iris data, and the numbers of models of several classes. */
final class Iris {
  static final String DATA = "data/iris.csv";

  private Iris() {}

  static Foldwise search(Loss loss, String grid) {
    return Foldwise.read(TestSpark.session(), DATA).label("species").loss(loss).grid(grid);
  }

  static EngineRequest moving(Movement way) {
    return new EngineRequest(Optional.empty(), Optional.of(way), new Device(Device.Use.CPU, ""));
  }

  static LinearModel model(SearchResult result) {
    return result.refit().model();
  }

  /** The coefficients of all functions, one function after the other. */
  static double[] coefficients(LinearModel model) {
    return model.each().stream()
        .flatMapToDouble(each -> DoubleStream.of(each.powers().coefficients()))
        .toArray();
  }

  static double[] intercepts(LinearModel model) {
    return model.each().stream().mapToDouble(each -> each.powers().intercept()).toArray();
  }
}

package io.foldwise.browser;

import io.foldwise.search.training.TrialTrainer;
import java.util.List;
import org.teavm.jso.JSExport;

/**
 * The road that descent takes over the loss surface, in the coordinates that it descends in: of
 * standardised features, unless the candidate says otherwise.
 */
public final class Road {
  private final TrialTrainer trainer;

  Road(TrialTrainer trainer) {
    this.trainer = trainer;
  }

  /** The names of the weights. */
  @JSExport
  public String[] names() {
    return trainer.weightNames().toArray(String[]::new);
  }

  /**
   * The weights at the start, then after each step, or after each epoch where steps are more than
   * {@code points}: one point after the other.
   */
  @JSExport
  public double[] path(int points) {
    List<double[]> path = trainer.weights(points);
    int p = path.get(0).length;
    double[] flat = new double[path.size() * p];
    for (int point = 0; point < path.size(); point++) {
      System.arraycopy(path.get(point), 0, flat, point * p, p);
    }
    return flat;
  }

  /** The learning rate that the first step takes, before the schedule. */
  @JSExport
  public double rate() {
    return trainer.rate();
  }

  /** The training objective at weights. */
  @JSExport
  public double objective(double[] weights) {
    return trainer.objective(weights);
  }

  /** The weights of the optimum. */
  @JSExport
  public double[] optimum() {
    return trainer.optimum();
  }

  /**
   * The training objective where two weights vary.
   *
   * @param weights those of the others
   * @param i which weight varies over {@code across}
   * @param j which weight varies over {@code up}
   * @return row after row of {@code up}
   */
  @JSExport
  public double[] surface(double[] weights, int i, int j, double[] across, double[] up) {
    double[] w = weights.clone();
    double[] surface = new double[across.length * up.length];
    for (int row = 0; row < up.length; row++) {
      w[j] = up[row];
      for (int column = 0; column < across.length; column++) {
        w[i] = across[column];
        surface[row * across.length + column] = trainer.objective(w);
      }
    }
    return surface;
  }
}

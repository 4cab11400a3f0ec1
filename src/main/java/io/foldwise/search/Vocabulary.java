package io.foldwise.search;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What a person may have meant by a word that is unknown here. */
public final class Vocabulary {
  private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();

  /** The similarity above which slips in long words and halves of names lie, but not l1 and l3. */
  private static final double NEAR = 0.87;

  /** The distance of words that are at most one key apart, else -1; short names are all so near. */
  private static final LevenshteinDistance ONE_KEY = new LevenshteinDistance(1);

  private static final int SHORTEST_OF_ONE_KEY = 3;

  private static final String CORES = "say how many cores before the command: --master 'local[4]'";
  private static final String OF_SPARK = "it is an option of Spark: write it before the command";
  private static final String GPU = "write it before the command: submit/foldwise --gpu search ...";
  private static final String LASSO = "--l1 is the lasso's";
  private static final String PAST =
      "by --fold-strategy forward or time models are trained on the past alone, so nothing that"
          + " follows a fold has to be left out; --purge leaves out rows before it";
  private static final String HALF =
      "half of scikit-learn's eta0 for squared loss, which has no 1/2 here";

  /** Words of scikit-learn, PyTorch, Keras, glmnet and MLlib for what has another name here. */
  private static final Map<String, Meaning> ELSEWHERE =
      List.of(
              named("learning-rate", "lr eta step-size rate learning-rate-init alpha0"),
              new Entry("learning-rate", HALF, "eta0"),
              named("schedule", "scheduler lr-scheduler lr-schedule learning-rate-schedule decay"),
              named("optimizer", "optimiser optim solver algorithm method updater"),
              named("epochs", "max-iter maxiter max-epochs num-epochs n-epochs n-iter iterations"),
              named("epochs", "iter iters num-iterations num-rounds steps"),
              named("batch-size", "batch minibatch mini-batch mini-batch-size minibatch-size bs"),
              named("batch-size", "mini-batch-fraction minibatch-fraction block-size"),
              named("degree", "poly polynomial poly-degree order"),
              named("standardize", "standardise standardization normalize normalise scale scaler"),
              named("fit-intercept", "intercept bias use-bias"),
              named("delta", "huber-delta"),
              named("power", "tweedie-power variance-power"),
              named("tau", "quantile q"),
              named("l1", "lasso l1-penalty"),
              named("l2", "ridge weight-decay l2-penalty"),
              new Entry("l2", "l2 = 1 / (2 C rows) for scikit-learn's C", "c"),
              new Entry("l2", "l2 = alpha / rows for scikit-learn's Ridge; " + LASSO, "alpha"),
              new Entry("l2", LASSO, "lambda lambd lam reg reg-param regularization penalty"),
              new Entry("l2", LASSO, "regularisation regularizer lambda-value l2-regularization"),
              new Entry("l2", "with --l1 it is the elastic net", "l1-ratio elastic-net-param"),
              named("folds", "cv k n-folds nfolds num-folds n-splits k-fold kfold k-folds kfolds"),
              named("purge", "gap purge-gap purged purge-rows purge-days"),
              new Entry("", PAST, "embargo embargo-rows embargo-days pct-embargo"),
              named("fold-strategy", "shuffle stratify stratified splitter"),
              named("metric", "scoring score scorer metrics eval-metric evaluator"),
              named("loss", "criterion objective loss-function loss-fn cost family"),
              named("sample", "num-samples n-trials random-search randomized-search max-trials"),
              named("grid", "param-grid params parameters hyperparameters param-distributions"),
              named("patience", "early-stopping n-iter-no-change early-stopping-rounds"),
              named("tolerance", "tol min-delta"),
              named("repeats", "n-repeats repeat runs trials"),
              named("seed", "random-state random-seed rng"),
              named("init", "warm-start initial-weights init-weights coef-init"),
              named("label", "target y label-col response outcome labels target-column"),
              named("features", "x features-col columns predictors inputs"),
              named("weight", "sample-weight sample-weights weights weight-col"),
              named("group", "groups group-col"),
              named("positive", "pos-label positive-class pos"),
              named("test-fraction", "test-size validation-split holdout test-ratio val-fraction"),
              named("test-data", "test validation-data val-data eval-data"),
              named("data", "input file train train-data training-data csv dataset path"),
              named("out", "output output-dir save save-to o destination"),
              named("model", "model-path model-dir checkpoint load"),
              named("rows", "n-samples num-rows samples"),
              named("noise", "sigma sd std"),
              named("device", "cuda accelerator use-gpu"),
              named("verbose", "debug trace v"),
              new Entry("", CORES, "n-jobs jobs threads num-threads num-workers workers cores"),
              new Entry("", OF_SPARK, "master conf driver-memory executor-memory num-executors"),
              new Entry("", OF_SPARK, "executor-cores total-executor-cores packages jars queue"),
              new Entry("", OF_SPARK, "deploy-mode properties-file name files archives"),
              new Entry("", GPU, "gpu"))
          .stream()
          .flatMap(entry -> Arrays.stream(entry.words().split(" ")).map(w -> Map.entry(w, entry)))
          .collect(
              Collectors.toUnmodifiableMap(
                  Map.Entry::getKey,
                  word -> new Meaning(word.getValue().option(), word.getValue().remark())));

  private Vocabulary() {}

  /**
   * What a word of another library is here.
   *
   * @param option the name of an option, without dashes; empty where there is none
   * @param remark how values translate, or what to do instead of an option; may be empty
   */
  public record Meaning(String option, String remark) {}

  private record Entry(String option, String remark, String words) {}

  private static Entry named(String option, String words) {
    return new Entry(option, "", words);
  }

  /** The meaning of another library's word, however it joins words: max-iter, max_iter, maxIter. */
  public static Optional<Meaning> elsewhere(String word) {
    return Optional.ofNullable(ELSEWHERE.get(plain(word)));
  }

  /** Every word of other libraries that is known. */
  static Collection<String> elsewhere() {
    return ELSEWHERE.keySet();
  }

  /** The name that a word was probably meant to be, the first of those that are equally near. */
  public static Optional<String> nearest(String word, Collection<String> names) {
    return names.stream()
        .filter(name -> similarity(word, name) >= NEAR)
        .max(Comparator.comparingDouble(name -> similarity(word, name)));
  }

  private static double similarity(String word, String name) {
    double similarity = SIMILARITY.apply(plain(word), plain(name));
    boolean oneKey =
        Math.min(word.length(), name.length()) >= SHORTEST_OF_ONE_KEY
            && ONE_KEY.apply(plain(word), plain(name)) >= 0;
    return oneKey ? Math.max(NEAR, similarity) : similarity;
  }

  /** A word in lower case, its parts joined by dashes and no dash in front. */
  private static String plain(String word) {
    return word.replaceFirst("^-+", "")
        .replaceAll("(?<=[a-z])(?=[A-Z][a-z])", "-")
        .replaceAll("[_ .]+", "-")
        .toLowerCase(Locale.ROOT);
  }
}

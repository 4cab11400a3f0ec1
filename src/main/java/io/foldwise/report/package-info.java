/**
 * The report of a run, and the lecture: pages that open offline and ask nothing of any network.
 *
 * <p>{@link io.foldwise.report.ReportPage} puts the page together from what a run found, as JSON,
 * the resources beside it, charts from ECharts and d3-contour, and the engine that {@code
 * io.foldwise.browser} is compiled to. All that is shown is made by the page itself, since what a
 * slider moves has to be made there again. {@link io.foldwise.report.LecturePage} does so for the
 * lecture. This package imports no other of ours.
 */
package io.foldwise.report;

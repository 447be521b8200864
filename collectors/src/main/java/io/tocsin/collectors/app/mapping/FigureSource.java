package io.tocsin.collectors.app.mapping;

import io.tocsin.schemas.Tier;
import java.util.List;

/**
 * What holds for all figures of a source where neither figure nor rule say otherwise.
 *
 * @param name the collector, for people
 * @param service name of the service
 * @param tier whether that service is CORE
 * @param keepUnmapped whether figures that no rule knows are kept as OTHER
 * @param serviceLabels labels that name the service, the first one present holds
 */
public record FigureSource(
    String name, String service, Tier tier, boolean keepUnmapped, List<String> serviceLabels) {}

package io.tocsin.collectors.app.mapping;

import io.tocsin.schemas.ResourceKind;

/**
 * What a figure is measured on.
 *
 * @param id of the resource
 * @param kind of the resource
 * @param service name of the service, as other resources name it
 */
record Subject(String id, ResourceKind kind, String service) {}

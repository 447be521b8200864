package io.tocsin.server.fleet;

import io.tocsin.schemas.Resource;
import java.util.List;

/** The inventory, and how each of it stands, in the same order. */
record FleetView(List<Resource> resources, Standing[] standings) {}

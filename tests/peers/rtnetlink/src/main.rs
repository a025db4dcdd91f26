//! The works with rtnetlink on tokio.

use std::hint::black_box;
use std::net::Ipv4Addr;

use common::{ROUND_TRIPS, Result};
use futures_util::TryStreamExt as _;
use rtnetlink::RouteMessageBuilder;

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let guard = runtime.enter();
    let (connection, handle, _) = rtnetlink::new_connection()?;
    runtime.spawn(connection);
    drop(guard);
    match common::work().as_str() {
        "routes" => common::serve(|| {
            runtime.block_on(async {
                let request = RouteMessageBuilder::<Ipv4Addr>::new().build();
                let mut routes = handle.route().get(request).execute();
                let mut count = 0;
                while let Some(route) = routes.try_next().await? {
                    black_box(&route);
                    count += 1;
                }
                Ok(count)
            })
        }),
        "links" => common::serve(|| {
            runtime.block_on(async {
                let mut links = handle.link().get().execute();
                let mut count = 0;
                while let Some(link) = links.try_next().await? {
                    black_box(&link);
                    count += 1;
                }
                Ok(count)
            })
        }),
        "getlink" => common::serve(|| {
            runtime.block_on(async {
                for _ in 0..ROUND_TRIPS {
                    let mut links = handle.link().get().match_index(1).execute();
                    black_box(links.try_next().await?);
                }
                Ok(ROUND_TRIPS)
            })
        }),
        _ => common::unknown(),
    }
}

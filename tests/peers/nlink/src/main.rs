//! The works with nlink, streaming.

use std::hint::black_box;

use common::Result;
use nlink::netlink::{Connection, Route};
use tokio_stream::StreamExt as _;

fn main() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let guard = runtime.enter();
    let connection = Connection::<Route>::new()?;
    drop(guard);
    match common::work().as_str() {
        "routes" => common::serve(|| {
            runtime.block_on(async {
                let mut rows = connection.stream_routes().await?;
                let mut count = 0;
                while let Some(row) = rows.try_next().await? {
                    black_box(&row);
                    count += 1;
                }
                Ok(count)
            })
        }),
        "links" => common::serve(|| {
            runtime.block_on(async {
                let mut rows = connection.stream_links().await?;
                let mut count = 0;
                while let Some(row) = rows.try_next().await? {
                    black_box(&row);
                    count += 1;
                }
                Ok(count)
            })
        }),
        _ => common::unknown(),
    }
}
